using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform;

/// <summary>A store whose mapping stands behind code of the app's own. That code may fail, which is a value here, as a cell that cannot be read is.</summary>
internal sealed class TransformingCodec(string store, MappedCodec inner, IChangeTransformer transformer) : StoreCodec
{
    public override string MapHash => inner.MapHash;

    /// <summary>A field of the client may be several columns, and several fields one: entries write all of them.</summary>
    public override bool CellPerField => false;

    public override IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Constants => inner.Constants;

    public override IReadOnlyList<string> NamedColumns => inner.NamedColumns;

    public override IReadOnlyList<string> DeleteTargets => inner.DeleteTargets;

    public override ShapedValue Shape(RecordValue value)
    {
        try
        {
            var first = Pass(value);
            if (first.Refusal is not null)
            {
                return first;
            }

            // What comes out must stay as it is from then on, or replicas and cluster would drift apart with every edit.
            return Pass(first.Value!) is { Refusal: null } second && second.Value!.Equals(first.Value)
                ? new(first.Value!.Equals(value) ? value : first.Value, null)
                : Failed("Its result does not read back as it was written.");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Failed($"It threw {e.GetType().Name}.");
        }
    }

    public override bool Owns(string column) => inner.Owns(column);

    public override string? ColumnOf(string qualifier) => null;

    public override IReadOnlyList<FieldCell> Encode(RecordValue value) => inner.Encode(Mapped(transformer.ToCluster(store, value)));

    public override DecodedRow Decode(IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> columns)
    {
        var decoded = inner.Decode(columns);
        try
        {
            return decoded with { Value = transformer.ToClient(store, decoded.Value) };
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Not a value to go on with, whatever the fields' own settings: nobody knows what the record is.
            var failed = new UnreadableCell("", NamedColumns.Count > 0 ? NamedColumns[0] : "", $"beyond the store's transformer, which threw {e.GetType().Name}", BadCell.Poison);
            return new DecodedRow(RecordValue.Empty, [.. decoded.Unreadable, failed]);
        }
    }

    private ShapedValue Pass(RecordValue value)
    {
        var shaped = inner.Shape(transformer.ToCluster(store, value));
        return shaped.Refusal is null ? new(transformer.ToClient(store, shaped.Value!), null) : shaped;
    }

    // The mapping's own rounding and defaults come after the transformer, on the way in as in Pass.
    private RecordValue Mapped(RecordValue value) =>
        inner.Shape(value).Value ?? throw new InvalidDataException($"A committed record of store {store} is outside its mapping.");

    private static ShapedValue Failed(string detail) => new(null, new Refusal(TransformFailed, "", $"The store's transformer failed on the record. {detail}")) { Failed = true };
}
