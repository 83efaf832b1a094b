using MyriadSync.Contracts;

namespace MyriadSync.ChangeLog;

/// <summary>Everything that one transaction writes.</summary>
internal sealed record Commit
{
    /// <summary>The head it stands on; null: the dataset's first commit.</summary>
    public required HeadRow? Head { get; init; }

    /// <summary>The epoch to begin with when <see cref="Head"/> is null.</summary>
    public required string NewEpoch { get; init; }

    /// <summary>Random id, the same in every try.</summary>
    public required string CommitId { get; init; }

    /// <summary>HBase timestamp (ms), above the head's and above every cell that it is to cover.</summary>
    public required long CommitTs { get; init; }

    /// <summary>New states, their revs going on from the head's seq. Empty: nothing took effect.</summary>
    public required IReadOnlyList<LogEntry> Entries { get; init; }

    /// <summary>The client's row as read (or new), already moved to its new seq; null for commits that no client made.</summary>
    public ClientRow? Client { get; init; }

    /// <summary>The outcomes; null likewise.</summary>
    public OutcomesRow? Outcomes { get; init; }

    /// <summary>Redrives and resolutions that this commit carries out.</summary>
    public IReadOnlyList<DoneRow> Done { get; init; } = [];

    /// <summary>The user.</summary>
    public string Sub { get; init; } = "";

    /// <summary>The app's schema version.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>All segments belong together.</summary>
    public bool Atomic { get; init; }

    /// <summary>W3C trace context.</summary>
    public string TraceParent { get; init; } = "";
}
