using MyriadSync.Contracts.Stores;

namespace MyriadSync.ChangeLog;

/// <summary>Which mapping a store's rows on the cluster are laid out by.</summary>
internal sealed record StoredMapping
{
    /// <summary>The store.</summary>
    public required string Store { get; init; }

    /// <summary>Its mapping alone.</summary>
    public required MappingSet Mapping { get; init; }

    /// <summary>While a remap is under way: what to. Rows lie in either.</summary>
    public MappingSet? Next { get; init; }

    /// <summary>Names the remap under way; empty: none is.</summary>
    public string RemapId { get; init; } = "";

    /// <summary>State of the row when it was read; null: it is new.</summary>
    public string? ETag { get; init; }

    /// <summary>The mapping's hash; empty: fields are JSON cells.</summary>
    public string Hash => Mapping.HashOfStore(Store);
}
