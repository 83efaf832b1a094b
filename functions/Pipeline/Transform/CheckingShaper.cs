using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform;

/// <summary>Lets through what keeps to its store's schema, before it is brought into the cluster's shape.</summary>
internal sealed class CheckingShaper(SchemaChecker schemas, IValueShaper inner) : IValueShaper
{
    public ShapedValue Shape(string store, RecordValue value) =>
        schemas.Check(store, value) is { } refusal ? new ShapedValue(null, refusal) : inner.Shape(store, value);
}
