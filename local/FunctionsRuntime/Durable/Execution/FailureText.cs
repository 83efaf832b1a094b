using System.Text.Json;
using Microsoft.DurableTask;

namespace MyriadSync.FunctionsRuntime.Durable.Execution;

/// <summary>Failure details as they are stored.</summary>
internal static class FailureText
{
    /// <summary>As JSON.</summary>
    public static string Format(TaskFailureDetails failure) => JsonSerializer.Serialize(failure);

    /// <summary>From JSON.</summary>
    public static TaskFailureDetails Parse(string? json) =>
        (json is null ? null : JsonSerializer.Deserialize<TaskFailureDetails>(json)) ?? new("(unknown)", "(unknown)", null, null, null);
}
