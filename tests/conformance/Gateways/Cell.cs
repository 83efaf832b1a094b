using System.Text;
using System.Text.Json;

namespace MyriadSync.ConformanceTests.Gateways;

/// <summary>A cell as an answer tells it.</summary>
public sealed record Cell(string Row, string Column, long Timestamp, string Value)
{
    public static IReadOnlyList<Cell> Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document.RootElement.GetProperty("Row"u8).EnumerateArray().SelectMany(row => row.GetProperty("Cell"u8).EnumerateArray(), (row, cell) => new Cell(
                Utf8(row.GetProperty("key"u8)), Utf8(cell.GetProperty("column")), cell.GetProperty("timestamp").GetInt64(), Utf8(cell.GetProperty("$")))),
        ];
    }

    public static string Utf8(JsonElement base64) => Encoding.UTF8.GetString(base64.GetBytesFromBase64());

    public override string ToString() => $"{Row} {Column}@{Timestamp}={Value}";
}
