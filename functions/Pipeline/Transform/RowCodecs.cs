using MyriadSync.Contracts.Stores;

namespace MyriadSync.Pipeline.Transform;

/// <summary>The codecs of a configuration's stores.</summary>
internal sealed class RowCodecs : IRowCodecs
{
    private readonly Dictionary<string, StoreCodec> _byStore;
    private readonly TransformerCatalog _transformers;

    /// <exception cref="InvalidDataException">A mapping names a transformer that is not registered.</exception>
    /// <exception cref="ArgumentException">A mapping contradicts itself; the reader of store files tells of that before.</exception>
    public RowCodecs(MappingSet mappings, TransformerCatalog transformers)
    {
        (Mappings, _transformers) = (mappings, transformers);
        _byStore = mappings.Mappings.ToDictionary(pair => pair.Key, pair => Make(pair.Key, pair.Value));
        Families = [.. _byStore.Values.SelectMany(codec => codec.NamedColumns).Select(column => column.Split(':')[0]).Distinct().Order(StringComparer.Ordinal)];
    }

    public MappingSet Mappings { get; }

    public IReadOnlyList<string> Families { get; }

    /// <summary>A store's codec.</summary>
    public StoreCodec Of(string store) => _byStore.GetValueOrDefault(store) ?? PlainCodec.Instance;

    IRowCodec IRowCodecs.Of(string store) => Of(store);

    public IRowCodecs Under(MappingSet mappings) => mappings.Hash == Mappings.Hash ? this : new RowCodecs(mappings, _transformers);

    private StoreCodec Make(string store, StoreMapping mapping)
    {
        var mapped = new MappedCodec(mapping, Mappings.HashOfStore(store));
        if (mapping.Transformer is not { } name)
        {
            return mapped;
        }

        var transformer = _transformers.Find(name)
            ?? throw new InvalidDataException($"Store {store} needs the transformer {name}, which is not registered. Registered: {(_transformers.Names.Count == 0 ? "none" : string.Join(", ", _transformers.Names))}.");
        return new TransformingCodec(store, mapped, transformer);
    }
}
