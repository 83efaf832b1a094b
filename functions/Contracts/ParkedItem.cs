namespace MyriadSync.Contracts;

/// <summary>Changes to one record that wait for a person: as the client sent them, so that they can be carried out anew.</summary>
public sealed record ParkedItem
{
    /// <summary>The app's schema version that the changes are in.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Who made them.</summary>
    public required string ClientId { get; init; }

    /// <summary>In seq order, at least one, all to one record; each was made on top of the one before.</summary>
    public required IReadOnlyList<Change> Changes { get; init; }

    /// <summary>The record that they met, of a conflict; null otherwise.</summary>
    public RecordInEffect? Theirs { get; init; }

    /// <summary>Of a conflict: the record as the changes would have left it; null otherwise, and where they could not have gone in at all.</summary>
    public RecordInEffect? Ours { get; init; }
}
