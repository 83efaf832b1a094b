using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MyriadSync.Myriad.HBase;

/// <summary>Writes the body of a bulk put, bytes to base64 without a string in between.</summary>
internal static class RowsJsonWriter
{
    /// <summary>A cell with this timestamp is written without one: the region server gives it its own.</summary>
    public const long NoTimestamp = -1;

    private const int RowOverhead = 32;
    private const int CellOverhead = 64;

    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonEncodedText Rows = JsonEncodedText.Encode("Row");
    private static readonly JsonEncodedText Key = JsonEncodedText.Encode("key");
    private static readonly JsonEncodedText Cells = JsonEncodedText.Encode("Cell");
    private static readonly JsonEncodedText Column = JsonEncodedText.Encode("column");
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("$");

    /// <summary>Bytes that a row takes, or a few more.</summary>
    public static int Measure(RowPut row)
    {
        var size = (long)RowOverhead + Base64(row.Key.Length);
        foreach (var cell in row.Cells)
            size += CellOverhead + Base64(cell.Column.Length * 3) + Base64(cell.Value.Length);
        return (int)Math.Min(size, int.MaxValue);
    }

    /// <summary>Writes rows from the given one on.</summary>
    public static void Write(IBufferWriter<byte> target, ReadOnlySpan<RowPut> rows)
    {
        // The same few columns come in every row.
        Dictionary<string, JsonEncodedText> columns = new(StringComparer.Ordinal);
        using var json = new Utf8JsonWriter(target, Options);
        json.WriteStartObject();
        json.WriteStartArray(Rows);
        foreach (var row in rows)
        {
            json.WriteStartObject();
            WriteBytes(json, Key, row.Key);
            json.WriteStartArray(Cells);
            foreach (var cell in row.Cells)
            {
                json.WriteStartObject();
                if (!columns.TryGetValue(cell.Column, out var column))
                    columns[cell.Column] = column = JsonEncodedText.Encode(Convert.ToBase64String(Encoding.UTF8.GetBytes(cell.Column)), Options.Encoder);
                json.WriteString(Column, column);
                if (cell.Timestamp != NoTimestamp)
                    json.WriteNumber(Timestamp, cell.Timestamp);
                json.WriteBase64String(Value, cell.Value.Span);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBytes(Utf8JsonWriter json, JsonEncodedText name, string text)
    {
        const int OnStack = 2048;
        Span<byte> bytes = text.Length <= OnStack ? stackalloc byte[OnStack] : new byte[text.Length];
        json.WriteBase64String(name, bytes[..Encoding.Latin1.GetBytes(text, bytes)]);
    }

    private static long Base64(long bytes) => (bytes + 2) / 3 * 4;
}
