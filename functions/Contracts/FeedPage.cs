namespace MyriadSync.Contracts;

/// <summary>A page of a dataset's log.</summary>
public sealed record FeedPage
{
    /// <summary>Why the cursor can no longer be served (<c>epoch</c>, <c>retention</c>, <c>ahead</c>); null when it can.</summary>
    public string? Gone { get; init; }

    /// <summary>Entries in seq order.</summary>
    public IReadOnlyList<LogEntry> Entries { get; init; } = [];

    /// <summary>Where the next page begins.</summary>
    public Cursor Next { get; init; }

    /// <summary>True when more is there already.</summary>
    public bool More { get; init; }
}
