using System.Runtime.CompilerServices;

namespace MyriadSync.FunctionsRuntime.Durable.Execution;

/// <summary>Finds the async method behind a continuation, so that a message can name the await that breaks the rules.</summary>
internal static class AwaitingMethod
{
    /// <summary>For example <c>OrderOrchestrator.RunAsync</c>; a general description if it cannot be told.</summary>
    /// <param name="continuation">What was posted, or the task of an async method.</param>
    public static string Describe(object? continuation)
    {
        var box = ((continuation as Action)?.Target ?? continuation as Task)?.GetType();
        var machine = box?.GetGenericArguments().FirstOrDefault(t => typeof(IAsyncStateMachine).IsAssignableFrom(t));
        if (machine?.DeclaringType is not { } owner)
            return "its code";

        // The compiler names the state machine of method M "<M>d__n".
        var name = machine.Name;
        var end = name.IndexOf('>', StringComparison.Ordinal);
        return name.StartsWith('<') && end > 1 ? $"{owner.FullName}.{name[1..end]}" : machine.FullName ?? name;
    }
}
