using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MyriadSync.ConformanceTests.Support;
using MyriadSync.Contracts.Keys;
using MyriadSync.Myriad;

namespace MyriadSync.ReliabilityTests.History;

/// <summary>The records as they lie on the cluster: read over REST, by nothing that the service reads with.</summary>
public static class ClusterRecords
{
    /// <summary>The records of a dataset that are not deleted.</summary>
    /// <param name="gateway">The cluster's gateway.</param>
    /// <param name="dataset">The only dataset that the cluster has.</param>
    public static Dictionary<RecordName, RecordVersion> Read(Uri gateway, string dataset)
    {
        var records = new Dictionary<RecordName, RecordVersion>();
        foreach (var row in GatewayRows.Read(gateway, TableMapOptions.DefaultTable).Where(row => row.Key != StoreColumns.ClockRow))
        {
            if (!RowKeys.TryParse(row.Key, out var found, out var store, out var key) || found != dataset)
                throw new InvalidDataException($"There is a row {row.Key} that nobody wrote.");
            if (ReadRow(row) is { } version)
                records.Add(new RecordName(store, Text(key)), version);
        }

        return records;
    }

    private static RecordVersion? ReadRow(GatewayRow row)
    {
        var newest = row.Cells.ToDictionary(cell => cell.Key, cell => Encoding.UTF8.GetString(cell.Value.Value));
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
