using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts.Resolvers;

/// <summary>A change, and the record that it meets and does not know.</summary>
public sealed record ConcurrentEdit
{
    /// <summary>What met what.</summary>
    public required ConflictKind Kind { get; init; }

    /// <summary>The change: record, op, value or patch, base.</summary>
    public required Change Change { get; init; }

    /// <summary>Who made it.</summary>
    public required string ClientId { get; init; }

    /// <summary>When it was made, clamped to the server's clock.</summary>
    public required HybridTime At { get; init; }

    /// <summary>The record in effect: value (null: deleted), rev, hybrid time, author, clocks of its fields.</summary>
    public required RecordState Current { get; init; }

    /// <summary>The hybrid time of the newest edit that the change does not know, fields that add up left aside; empty: unknown.</summary>
    public required string NewestUnseen { get; init; }

    /// <summary>The record as the change would make it if it won; null: a deletion, or a patch that does not fit the record any more.</summary>
    public required RecordValue? Proposed { get; init; }

    /// <summary>JSON Pointer to kind, of the store's fields that add up.</summary>
    public IReadOnlyDictionary<string, FieldKind> Kinds { get; init; } = new Dictionary<string, FieldKind>();
}
