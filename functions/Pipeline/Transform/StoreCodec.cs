using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform;

/// <summary>A store's way between the client's shape and the cluster's. Made once a configuration, used for every change.</summary>
internal abstract class StoreCodec : IRowCodec
{
    /// <summary>Reason of a value that its field's encoding cannot hold.</summary>
    public const string OutOfDomain = "out-of-domain";

    /// <summary>Reason of a field that the store does not take.</summary>
    public const string UnknownField = "unknown-field";

    /// <summary>Reason of a field without a place of its own, whose column another field has.</summary>
    public const string ColumnTaken = "column-taken";

    /// <summary>Reason of a record that is no plain object, in a store that takes named fields only.</summary>
    public const string NotAnObject = RefusalReasons.NotAnObject;

    /// <summary>Reason of a change that the store's own transformer failed on.</summary>
    public const string TransformFailed = "transform-failed";

    public abstract string MapHash { get; }

    public virtual bool CellPerField => true;

    public virtual IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Constants => NoConstants;

    public virtual IReadOnlyList<string> NamedColumns => [];

    public abstract IReadOnlyList<string> DeleteTargets { get; }

    private static readonly Dictionary<string, ReadOnlyMemory<byte>> NoConstants = [];

    /// <summary>The value as it will read back; the very instance when that is the same.</summary>
    public abstract ShapedValue Shape(RecordValue value);

    public abstract bool Owns(string column);

    public abstract string? ColumnOf(string qualifier);

    public abstract IReadOnlyList<FieldCell> Encode(RecordValue value);

    public abstract DecodedRow Decode(IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> columns);

    public virtual bool HasKeyFields => false;

    public virtual RecordValue WithKey(RecordValue value, RecordKey key) => value;
}
