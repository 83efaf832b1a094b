using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MyriadSync.Contracts.Keys;
using MyriadSync.DevStack;
using MyriadSync.Myriad;
using MyriadSync.MyriadEmulator.Admin;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>What a job on the cluster sees of a record.</summary>
internal static class ClusterRows
{
    /// <summary>The newest visible value of each column of a row, as text by column; empty for a row that is not there.</summary>
    public static IReadOnlyDictionary<string, string> Of(LocalStack stack, string dataset, string store, JsonNode key)
    {
        var row = stack.Emulator!.Cells.Row(TableMapOptions.DefaultTable, RowKey(dataset, store, key));
        return (row?.Cells ?? []).Where(cell => cell is { Kind: StoredCellKind.Put, IsHidden: false })
            .GroupBy(cell => cell.Column)
            .ToDictionary(column => column.Key, column => Encoding.UTF8.GetString(column.First().Value.Span));
    }

    /// <summary>The fields alone, <c>d:a=1 d:b=2</c> in the order of their columns.</summary>
    public static string Fields(LocalStack stack, string dataset, string store, JsonNode key) =>
        string.Join(' ', Of(stack, dataset, store, key).Where(column => column.Key.StartsWith("d:", StringComparison.Ordinal))
            .OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => $"{column.Key}={column.Value}"));

    /// <summary>A record's row key.</summary>
    public static string RowKey(string dataset, string store, JsonNode key)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(key.ToJsonString()));
        reader.Read();
        Assert.True(RecordKey.TryRead(ref reader, out var recordKey, out _));
        return RowKeys.Compose(dataset, store, recordKey);
    }
}
