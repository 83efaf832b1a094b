namespace MyriadSync.ChangeLog;

/// <summary>How far the audit of a table of the cluster is, and what the last one came to.</summary>
internal sealed record AuditMark
{
    /// <summary>The table, with its namespace.</summary>
    public required string Table { get; init; }

    /// <summary>What is under way.</summary>
    public AuditPhase Phase { get; init; }

    /// <summary>When the audit that the figures are of began; null: there never was one.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>When it ended; null: it is under way.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>In <see cref="AuditPhase.Log"/>: datasets up to this one are done.</summary>
    public string Dataset { get; init; } = "";

    /// <summary>In <see cref="AuditPhase.Rows"/>: first place of the table that was not looked at.</summary>
    public string Position { get; init; } = "";

    /// <summary>Rows of the table that were looked at.</summary>
    public long Rows { get; init; }

    /// <summary>Rows that the table had when an audit last came to its end.</summary>
    public long LastRows { get; init; }

    /// <summary>Records that came into the log because their rows differ from what sync wrote.</summary>
    public long Changed { get; init; }

    /// <summary>Records that came into the log because their rows are gone.</summary>
    public long Gone { get; init; }

    /// <summary>Records that could not be judged; the next audit sees them again.</summary>
    public long Deferred { get; init; }

    /// <summary>The dataset that records came into the log of last.</summary>
    public string Counted { get; init; } = "";

    /// <summary>How many of its records came in one after the other: what too many for the log is told by.</summary>
    public long Count { get; init; }

    /// <summary>Datasets of which so many records were changed or deleted that they are taken over as a bulk load, which ends with the audit.</summary>
    public IReadOnlyList<string> Loading { get; init; } = [];

    /// <summary>The row's ETag; null when there is no row.</summary>
    public string? ETag { get; init; }
}
