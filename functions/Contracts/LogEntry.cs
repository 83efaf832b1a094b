using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts;

/// <summary>One record's new state in the log (DESIGN 4): complete, so that a reader needs nothing else to know the record.</summary>
public sealed record LogEntry
{
    /// <summary>Revision = the entry's seq in the log.</summary>
    public required long Rev { get; init; }

    /// <summary>Object store.</summary>
    public required string Store { get; init; }

    /// <summary>Primary key.</summary>
    public required RecordKey Key { get; init; }

    /// <summary>The whole record in the client's shape as it will read back from the cluster; null: a tombstone.</summary>
    public RecordValue? Value { get; init; }

    /// <summary>Qualifiers of the columns that this entry writes; null: all columns of <see cref="Value"/>.</summary>
    public IReadOnlyList<string>? Changed { get; init; }

    /// <summary>Qualifiers of the columns that this entry deletes. Empty for a tombstone, which deletes all.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>Hybrid time of the edit in effect.</summary>
    public required string At { get; init; }

    /// <summary>Client id, or <c>myriad</c>.</summary>
    public required string By { get; init; }

    /// <summary>Why, where it was no plain push: a poison id, a conflict id, or <c>restore</c>.</summary>
    public string? Cause { get; init; }

    /// <summary>The record's column clocks after this entry.</summary>
    public required FieldClocks Clocks { get; init; }

    /// <summary>The app's schema version that <see cref="Value"/> and the names of its fields are in. In the log it is the segment's.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Newest timestamp (ms) of what a job wrote and this entry settles; 0: it settles no job's writes.</summary>
    internal long Judged { get; init; }

    /// <summary>True for a deletion.</summary>
    public bool IsTombstone => Value is null;
}
