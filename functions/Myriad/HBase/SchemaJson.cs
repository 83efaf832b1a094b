using System.Buffers;
using System.Text.Json;

namespace MyriadSync.Myriad.HBase;

/// <summary>Table schemas as the gateway speaks them: each attribute is a string beside the family's name.</summary>
internal static class SchemaJson
{
    /// <summary>Versions kept of a cell: a job's write can still be seen when a newer one of ours lies over it.</summary>
    public const int Versions = StoreColumns.Versions;

    /// <summary>How long delete markers outlive major compactions, ms: seven days. Without it an older put that arrives late would rise from under a purged marker.</summary>
    public const long KeepDeleteMarkersMs = 7L * 24 * 60 * 60 * 1000;

    /// <summary>The families of a table.</summary>
    /// <exception cref="JsonException">It is no schema: something else than a gateway has answered.</exception>
    public static HashSet<string> Families(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        using var schema = JsonDocument.ParseValue(ref reader);
        return [.. Member(schema.RootElement, "ColumnSchema").EnumerateArray().Select(family => Member(family, "name").GetString()!)];
    }

    /// <summary>A request to add families, or to create the table with them. Families that it does not list stay as they are.</summary>
    public static byte[] Write(string table, IEnumerable<string> families)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("name", table);
            json.WriteStartArray("ColumnSchema");
            foreach (var family in families)
            {
                json.WriteStartObject();
                json.WriteString("name", family);
                json.WriteString("VERSIONS", $"{Versions}");
                json.WriteString("hbase.hstore.time.to.purge.deletes", $"{KeepDeleteMarkersMs}");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    private static JsonElement Member(JsonElement of, string name) => of.TryGetProperty(name, out var member) ? member : throw new JsonException("No table schema.");
}
