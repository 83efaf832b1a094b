using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform;

/// <summary>Shapes nothing: a store without a file reads back as it was written.</summary>
internal sealed class PlainShaper : IValueShaper
{
    public ShapedValue Shape(string store, RecordValue value) => new(value, null);
}
