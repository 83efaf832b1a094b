namespace MyriadSync.ChangeLog;

/// <summary>How far a table of the cluster was looked through for what jobs wrote.</summary>
internal sealed record ScanMark
{
    /// <summary>The table, with its namespace.</summary>
    public required string Table { get; init; }

    /// <summary>What was written before (ms, the cluster's clock) was judged. 0: nothing was, all of the table is looked at.</summary>
    public long JudgedTo { get; init; }

    /// <summary>Datasets whose take-over of a bulk load has begun and not ended.</summary>
    public IReadOnlyList<string> Loading { get; init; } = [];

    /// <summary>The row's ETag; null when there is no row.</summary>
    public string? ETag { get; init; }
}
