namespace MyriadSync.Contracts;

/// <summary>A page of a snapshot.</summary>
public sealed record SnapshotPage
{
    /// <summary>What stands in the way of an answer.</summary>
    public SnapshotFault Fault { get; init; }

    /// <summary>The fault in words.</summary>
    public string? Reason { get; init; }

    /// <summary>Records, each with a value.</summary>
    public IReadOnlyList<SnapshotRecord> Records { get; init; } = [];

    /// <summary>Token of the next page; null: this was the last.</summary>
    public string? NextPage { get; init; }

    /// <summary>Where to pull from once the last page is in: the log's head before the first page was read.</summary>
    public Cursor Cursor { get; init; }
}
