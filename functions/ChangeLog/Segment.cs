using MyriadSync.Contracts;

namespace MyriadSync.ChangeLog;

/// <summary>Row <c>seg|{last seq}</c>: consecutive entries of one commit.</summary>
internal sealed record Segment
{
    /// <summary>Seq of the first entry.</summary>
    public required long First { get; init; }

    /// <summary>Seq of the last entry.</summary>
    public long Last => First + Entries.Count - 1;

    /// <summary>HBase timestamp (ms) of every cell that the entries write or delete.</summary>
    public required long CommitTs { get; init; }

    /// <summary>Random id of the commit: tells whether a commit whose reply was lost went through.</summary>
    public required string CommitId { get; init; }

    /// <summary>The client; empty for commits that no client made.</summary>
    public required string ClientId { get; init; }

    /// <summary>The batch; empty likewise.</summary>
    public required string BatchId { get; init; }

    /// <summary>The user.</summary>
    public required string Sub { get; init; }

    /// <summary>The app's schema version of the entries.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Hash of the mappings to apply these entries with, row <c>map|{hash}</c>; empty: no store had one, fields are JSON cells.</summary>
    public string MapHash { get; init; } = "";

    /// <summary>True: all segments of this <see cref="CommitId"/> are one atomic batch, which no page cuts.</summary>
    public required bool Atomic { get; init; }

    /// <summary>W3C trace context of the push.</summary>
    public string TraceParent { get; init; } = "";

    /// <summary>The entries, in seq order.</summary>
    public required IReadOnlyList<LogEntry> Entries { get; init; }
}
