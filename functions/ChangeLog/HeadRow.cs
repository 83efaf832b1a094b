namespace MyriadSync.ChangeLog;

/// <summary>Row <c>head</c>: where the log ends. Every commit replaces it under its ETag; that is what orders commits.</summary>
internal sealed record HeadRow
{
    /// <summary>Last committed seq.</summary>
    public required long Seq { get; init; }

    /// <summary>CommitTs (ms) of the last commit with a segment.</summary>
    public required long LastTs { get; init; }

    /// <summary>A GUID (n format), new if the log is ever rebuilt or restored.</summary>
    public required string Epoch { get; init; }

    /// <summary>Oldest seq that a cursor may name; everything after it is kept.</summary>
    public required long OldestSeq { get; init; }

    /// <summary>The row's ETag.</summary>
    public required string ETag { get; init; }
}
