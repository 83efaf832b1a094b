using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform;

/// <summary>Shapes values by their stores' mappings: domains are checked, fields rounded, dropped and given their defaults.</summary>
internal sealed class MappingShaper(RowCodecs codecs) : IValueShaper
{
    public ShapedValue Shape(string store, RecordValue value) => codecs.Of(store).Shape(value);
}
