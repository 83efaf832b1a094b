using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform;

/// <summary>Stores without a mapping: one JSON cell of family <c>d</c> per top-level field. A record reads back as it was written.</summary>
internal sealed class PlainCodec : StoreCodec
{
    private static readonly string[] Data = [DataColumns.Family];

    private PlainCodec()
    {
    }

    /// <summary>The one instance.</summary>
    public static PlainCodec Instance { get; } = new();

    public override string MapHash => "";

    public override IReadOnlyList<string> DeleteTargets => Data;

    public override ShapedValue Shape(RecordValue value) => new(value, null);

    public override bool Owns(string column) => DataColumns.IsField(column);

    public override string? ColumnOf(string qualifier) => DataColumns.Of(qualifier);

    public override IReadOnlyList<FieldCell> Encode(RecordValue value) =>
    [
        .. ValueColumns.Of(value).Select(field => new FieldCell(field.Qualifier, DataColumns.Of(field.Qualifier), field.Json))
            .OrderBy(cell => cell.Column, StringComparer.Ordinal),
    ];

    public override DecodedRow Decode(IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> columns) =>
        new(ValueColumns.ToValue(columns.Where(column => Owns(column.Key)).Select(column => (column.Key[DataColumns.Prefix.Length..], column.Value))), []);
}
