namespace MyriadSync.Poison;

/// <summary>A row of table <c>poison</c>: one thing that could not be processed, and what became of it.</summary>
internal sealed record PoisonEntry
{
    /// <summary>The partition of messages that name no dataset. No dataset can be called that.</summary>
    public const string NoDataset = "_";

    /// <summary>What it is; of a held record, as it was refused last.</summary>
    public required PoisonItem Item { get; init; }

    /// <summary>How it stands.</summary>
    public PoisonState State { get; init; }

    /// <summary>How often it was tried: once before it came here, and once a redrive.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>When it came here (UTC).</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When it last failed (UTC).</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>Who redrove or discarded it: a user, or <c>myriad</c>. Empty while it is open.</summary>
    public string By { get; init; } = "";

    /// <summary>Why: an operator's words, or what it came to.</summary>
    public string Why { get; init; } = "";

    /// <summary>When (UTC); null while it is open.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>What became of a redriven change; empty otherwise.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>Of a redriven change or record: its rev afterwards; 0 otherwise.</summary>
    public long Rev { get; init; }

    /// <summary>Id of the conflict that a redriven change ended in; empty otherwise.</summary>
    public string ConflictId { get; init; } = "";

    /// <summary>The row's ETag; null: not stored yet.</summary>
    public string? ETag { get; init; }

    /// <summary>The entry after it was processed.</summary>
    public PoisonEntry Redriven(string by, string why, DateTimeOffset now) => this with { State = PoisonState.Redriven, By = by, Why = why, SettledAt = now };

    /// <summary>The entry after it failed once more.</summary>
    public PoisonEntry FailedAgain(string reason, string detail, DateTimeOffset now) => this with
    {
        Item = Item with { Reason = reason, Detail = detail },
        State = PoisonState.Open,
        Attempts = Attempts + 1,
        LastSeen = now,
        By = "",
        Why = "",
        SettledAt = null,
    };
}
