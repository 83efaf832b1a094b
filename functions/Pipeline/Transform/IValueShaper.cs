using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform;

/// <summary>
/// Brings a record's value, as a client or a merge made it, into the shape in which it will read back from the cluster: client(cluster(x)). So pull,
/// snapshot and cluster agree (DESIGN 4, entry). Pure and idempotent.
/// </summary>
internal interface IValueShaper
{
    /// <summary>The shaped value, or the refusal of one that its store cannot hold: outside the domain of a field's encoding, or against the store's schema.</summary>
    /// <param name="store">The store.</param>
    /// <param name="value">The whole record.</param>
    ShapedValue Shape(string store, RecordValue value);
}
