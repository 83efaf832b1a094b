using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MyriadSync.Contracts.Keys;
using MyriadSync.Myriad;
using MyriadSync.MyriadEmulator.Admin;

namespace MyriadSync.ReliabilityTests.History;

/// <summary>The records as they lie on the cluster: read from its cells, by nothing that the service reads with.</summary>
public static class ClusterRecords
{
    /// <summary>The records of a dataset that are not deleted.</summary>
    public static Dictionary<RecordName, RecordVersion> Read(StoredCells cells, string dataset)
    {
        var records = new Dictionary<RecordName, RecordVersion>();
        foreach (var row in cells.Rows(TableMapOptions.DefaultTable).Where(row => row.Key != StoreColumns.ClockRow))
        {
            if (!RowKeys.TryParse(row.Key, out var found, out var store, out var key) || found != dataset)
                throw new InvalidDataException($"There is a row {row.Key} that nobody wrote.");
            if (ReadRow(row) is { } version)
                records.Add(new RecordName(store, Text(key)), version);
        }

        return records;
    }

    private static RecordVersion? ReadRow(StoredRow row)
    {
        var newest = row.Cells.Where(cell => cell is { Kind: StoredCellKind.Put, IsHidden: false })
            .GroupBy(cell => cell.Column)
            .ToDictionary(group => group.Key, group => Encoding.UTF8.GetString(group.MaxBy(cell => cell.Timestamp)!.Value.Span));
        var fields = newest.Where(pair => pair.Key.StartsWith("d:", StringComparison.Ordinal)).ToList();
        // Nothing is there of a record that is deleted, or whose row was only probed; what does not go together shows as a difference.
        if (fields.Count == 0 && newest.GetValueOrDefault("m:deleted") != "0")
            return null;
        return new RecordVersion(
            long.Parse(newest.GetValueOrDefault("m:rev", "0"), CultureInfo.InvariantCulture),
            new JsonObject(fields.Select(pair => KeyValuePair.Create(pair.Key[2..], JsonNode.Parse(pair.Value)))));
    }

    private static string Text(RecordKey key)
    {
        var json = new ArrayBufferWriter<byte>();
        key.WriteJson(json);
        return (string)JsonNode.Parse(json.WrittenSpan)!;
    }
}
