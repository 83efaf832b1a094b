using MyriadSync.Contracts.Tables;

namespace MyriadSync.Contracts.Stores;

/// <summary>A store as its file <c>functions/stores/{store}.json</c> declares it, checked.</summary>
public sealed record StoreDefinition
{
    /// <summary>The store's name.</summary>
    public required string Name { get; init; }

    /// <summary>Where a record's key stands in its value; null: keys are kept apart from values.</summary>
    public KeyPath? KeyPath { get; init; }

    /// <summary>How concurrent edits are settled.</summary>
    public ConflictPolicy Policy { get; init; }

    /// <summary>With <see cref="ConflictPolicy.Custom"/>: the name that the resolver is registered by.</summary>
    public string? Resolver { get; init; }

    /// <summary>JSON Pointer to kind, for fields at any depth.</summary>
    public IReadOnlyDictionary<string, FieldKind> Kinds { get; init; } = new Dictionary<string, FieldKind>();

    /// <summary>Where the fields lie on the cluster.</summary>
    public StoreMapping Mapping { get; init; } = StoreMapping.Plain;

    /// <summary>The table that was there before us and has its records; null: they lie in the dataset's table.</summary>
    public ExistingTable? Table { get; init; }

    /// <summary>JSON Schema (UTF-8) that every value must keep to, checked to be one that we know; null: any value goes.</summary>
    public ReadOnlyMemory<byte>? Schema { get; init; }

    /// <summary>How its records change with the app's schema version; ascending.</summary>
    public IReadOnlyList<StoreMigration> Migrations { get; init; } = [];

    /// <summary>Who may use it.</summary>
    public StoreAccess Access { get; init; } = StoreAccess.Everyone;

    /// <summary>A store without a file: taken as it comes, last-write-wins.</summary>
    public static StoreDefinition Undeclared(string name) => new() { Name = name };
}
