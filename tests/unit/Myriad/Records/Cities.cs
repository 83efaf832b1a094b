using System.Text;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Pipeline.Transform;
using MyriadSync.UnitTests.Pipeline.Resolve;

namespace MyriadSync.UnitTests.Myriad.Records;

/// <summary>A store with typed columns, and rows of it.</summary>
internal static class Cities
{
    public static StoreMapping Mapping(OtherFields others = OtherFields.Drop) => new()
    {
        Fields = new Dictionary<string, FieldMapping>
        {
            ["name"] = new() { Column = "d:name", Encoding = CellEncoding.Utf8 },
            ["population"] = new() { Column = "d:pop", Encoding = CellEncoding.Int64, OnBadCell = BadCell.Poison },
            ["lat"] = new() { Column = "geo:lat", Encoding = CellEncoding.Double },
            ["note"] = new(),
            ["lang"] = new() { Column = "d:lang", Encoding = CellEncoding.Utf8, Default = "\"en\""u8.ToArray() },
        },
        Constants = new Dictionary<string, ReadOnlyMemory<byte>> { ["d:type"] = "city"u8.ToArray() },
        Others = others,
    };

    public static MappedCodec Codec(OtherFields others = OtherFields.Drop) => new(Mapping(others), "abc");

    public static LogEntry Entry(string? json, IReadOnlyList<string>? changed = null, params IReadOnlyList<string> removed) => new()
    {
        Rev = 7,
        Store = "cities",
        Key = Build.Key("k"),
        Value = json is null ? null : Build.Value(json),
        Changed = changed,
        Removed = removed,
        At = Build.At(5).ToString(),
        By = "a",
        Clocks = new FieldClocks { Default = new FieldClock(100, Build.At(5).ToString()) },
    };

    /// <summary>A put as the row that it makes.</summary>
    public static Row Row(RowPut put, params IReadOnlyList<Cell> more) =>
        new(put.Key, [.. put.Cells.Where(cell => more.All(other => other.Column != cell.Column)).Concat(more).OrderBy(cell => cell.Column, StringComparer.Ordinal)]);

    public static string Data(RowPut put) => string.Join(' ', put.Cells.Where(cell => !cell.Column.StartsWith("m:", StringComparison.Ordinal)).Select(cell => cell.Column));

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
