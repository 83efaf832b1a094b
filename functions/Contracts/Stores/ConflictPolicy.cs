namespace MyriadSync.Contracts.Stores;

/// <summary>How a store settles concurrent edits of one record (docs/API.md has the table of what each does).</summary>
public enum ConflictPolicy
{
    /// <summary>The edit with the later hybrid time stays, as a whole.</summary>
    LastWriteWins,

    /// <summary>Each field is settled by itself, by its own clock.</summary>
    FieldMerge,

    /// <summary>The edit that arrives stays.</summary>
    ClientWins,

    /// <summary>The record in effect stays.</summary>
    ServerWins,

    /// <summary>The edit goes back to the client, which has to make it anew on the record in effect.</summary>
    Reject,

    /// <summary>The edit is parked with both sides, and a person decides.</summary>
    Manual,

    /// <summary>A resolver of the app's own, by <see cref="StoreDefinition.Resolver"/>.</summary>
    Custom,
}
