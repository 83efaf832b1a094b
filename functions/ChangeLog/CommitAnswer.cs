namespace MyriadSync.ChangeLog;

/// <summary>What became of a commit.</summary>
internal enum CommitVerdict
{
    /// <summary>It is in the log.</summary>
    Committed,

    /// <summary>The head, or the client's row, moved: read again, resolve again, try again. Nothing was written.</summary>
    Moved,

    /// <summary>One of its <see cref="Commit.Done"/> ids was carried out before. Nothing was written.</summary>
    AlreadyDone,

    /// <summary>It does not fit one transaction. Nothing was written.</summary>
    TooLarge,
}

/// <summary>What became of a commit, and the rows as they stand after it.</summary>
internal sealed record CommitAnswer
{
    /// <summary>The verdict.</summary>
    public required CommitVerdict Verdict { get; init; }

    /// <summary>The head after the commit; null unless committed.</summary>
    public HeadRow? Head { get; init; }

    /// <summary>The client's row after it.</summary>
    public ClientRow? Client { get; init; }

    /// <summary>The segments written.</summary>
    public IReadOnlyList<Segment> Segments { get; init; } = [];

    /// <summary>An answer without rows.</summary>
    public static CommitAnswer Of(CommitVerdict verdict) => new() { Verdict = verdict };
}
