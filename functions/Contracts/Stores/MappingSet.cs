using System.Security.Cryptography;

namespace MyriadSync.Contracts.Stores;

/// <summary>
/// The mappings of all stores under one configuration, with a hash that stands for them: segments name the set that they were committed with, and the
/// document under that hash is what a later configuration applies them by. Only what decides how rows lie counts; what becomes of bad cells does not.
/// </summary>
internal sealed class MappingSet
{
    private readonly Dictionary<string, string> _hashes;

    private MappingSet(Dictionary<string, StoreMapping> mappings)
    {
        Mappings = mappings;
        _hashes = mappings.ToDictionary(pair => pair.Key, pair => HashOf(MappingJson.Write(pair.Value)));
        Document = mappings.Count == 0 ? ReadOnlyMemory<byte>.Empty : MappingJson.Write(mappings);
        Hash = mappings.Count == 0 ? "" : HashOf(Document);
    }

    /// <summary>No store has a mapping.</summary>
    public static MappingSet Plain { get; } = new([]);

    /// <summary>SHA-256 of <see cref="Document"/>, lower-case hex; empty when no store has a mapping.</summary>
    public string Hash { get; }

    /// <summary>The set as UTF-8 JSON with a format number; empty when no store has a mapping.</summary>
    public ReadOnlyMemory<byte> Document { get; }

    /// <summary>Store to mapping; stores whose fields are JSON cells are not here.</summary>
    public IReadOnlyDictionary<string, StoreMapping> Mappings { get; }

    /// <summary>The set of a configuration.</summary>
    public static MappingSet Of(IEnumerable<StoreDefinition> stores) =>
        new(stores.Where(store => !MappingJson.IsPlain(store.Mapping)).ToDictionary(store => store.Name, store => store.Mapping));

    /// <summary>The set that a <see cref="Document"/> holds.</summary>
    /// <exception cref="NewerFormatException">A newer version of the app wrote it.</exception>
    public static MappingSet Read(ReadOnlyMemory<byte> document) => document.IsEmpty ? Plain : new(MappingJson.ReadSet(document));

    /// <summary>Hash of one store's mapping; empty when its fields are JSON cells.</summary>
    public string HashOfStore(string store) => _hashes.GetValueOrDefault(store, "");

    /// <summary>This set reduced to one store.</summary>
    public MappingSet Only(string store) => Mappings.TryGetValue(store, out var mapping) ? new(new() { [store] = mapping }) : Plain;

    private static string HashOf(ReadOnlyMemory<byte> document) => Convert.ToHexStringLower(SHA256.HashData(document.Span));
}
