using System.Text.Json.Nodes;
using MyriadSync.DevStack;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>What a job on the cluster sees of a record.</summary>
internal static class ClusterRows
{
    /// <summary>The newest visible value of each column of a row, as text by column; empty for a row that is not there.</summary>
    public static IReadOnlyDictionary<string, string> Of(LocalStack stack, string dataset, string store, JsonNode key) =>
        new ClusterView(stack.Emulator!).Columns(dataset, key, store);

    /// <summary>The fields alone, <c>d:a=1 d:b=2</c> in the order of their columns.</summary>
    public static string Fields(LocalStack stack, string dataset, string store, JsonNode key) =>
        string.Join(' ', Of(stack, dataset, store, key).Where(column => column.Key.StartsWith("d:", StringComparison.Ordinal))
            .OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => $"{column.Key}={column.Value}"));
}
