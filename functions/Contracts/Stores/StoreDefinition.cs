namespace MyriadSync.Contracts.Stores;

/// <summary>A store as its file <c>functions/stores/{store}.json</c> declares it, checked.</summary>
public sealed record StoreDefinition
{
    /// <summary>The store's name.</summary>
    public required string Name { get; init; }

    /// <summary>How concurrent edits are settled.</summary>
    public ConflictPolicy Policy { get; init; }

    /// <summary>With <see cref="ConflictPolicy.Custom"/>: the name that the resolver is registered by.</summary>
    public string? Resolver { get; init; }

    /// <summary>JSON Pointer to kind, for fields at any depth.</summary>
    public IReadOnlyDictionary<string, FieldKind> Kinds { get; init; } = new Dictionary<string, FieldKind>();

    /// <summary>Where the fields lie on the cluster.</summary>
    public StoreMapping Mapping { get; init; } = StoreMapping.Plain;

    /// <summary>Who may use it.</summary>
    public StoreAccess Access { get; init; } = StoreAccess.Everyone;

    /// <summary>A store without a file: taken as it comes, last-write-wins.</summary>
    public static StoreDefinition Undeclared(string name) => new() { Name = name };
}
