namespace MyriadSync.Contracts;

/// <summary>What a client is told about its batch.</summary>
public sealed record BatchAnswer
{
    /// <summary>The batch.</summary>
    public required string BatchId { get; init; }

    /// <summary>How far it has come.</summary>
    public required BatchStatus Status { get; init; }

    /// <summary>Why it waits, a stable code; only while <see cref="BatchStatus.Accepted"/>.</summary>
    public string? WaitingFor { get; init; }

    /// <summary>Since when it waits (UTC).</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>From <see cref="BatchStatus.Committed"/> on: the log's position after the batch.</summary>
    public Cursor? Cursor { get; init; }

    /// <summary>From <see cref="BatchStatus.Committed"/> on: one per change, in the order of the batch.</summary>
    public IReadOnlyList<ChangeResult> Results { get; init; } = [];
}
