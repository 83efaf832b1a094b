namespace MyriadSync.Pipeline.Transform;

/// <summary>The transformers that the app registered, by name.</summary>
internal sealed class TransformerCatalog(IEnumerable<NamedTransformer> registered)
{
    private readonly Dictionary<string, IChangeTransformer> _byName = registered.ToDictionary(transformer => transformer.Name, transformer => transformer.Transformer);

    /// <summary>No transformers.</summary>
    public static TransformerCatalog None { get; } = new([]);

    /// <summary>Their names.</summary>
    public IReadOnlyCollection<string> Names => _byName.Keys;

    /// <summary>The transformer; null: none of this name is registered.</summary>
    public IChangeTransformer? Find(string name) => _byName.GetValueOrDefault(name);
}
