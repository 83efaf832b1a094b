namespace MyriadSync.ChangeLog;

/// <summary>Row <c>client|{clientId}</c>. Never pruned: without it a client's repeats could not be told from new changes.</summary>
internal sealed record ClientRow
{
    /// <summary>The client.</summary>
    public required string ClientId { get; init; }

    /// <summary>The user who first used this id; nobody else may.</summary>
    public required string Sub { get; init; }

    /// <summary>Every change up to this seq has its outcome.</summary>
    public required long LastClientSeq { get; init; }

    /// <summary>When it last pushed (UTC).</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>The row's ETag; null: not stored yet.</summary>
    public required string? ETag { get; init; }
}
