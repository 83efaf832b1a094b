namespace MyriadSync.ChangeLog;

/// <summary>Row <c>out|{clientId}|{first client seq}</c>: the outcomes of one commit of a client's batch.</summary>
internal sealed record OutcomesRow
{
    /// <summary>The client.</summary>
    public required string ClientId { get; init; }

    /// <summary>The batch that the changes came in.</summary>
    public required string BatchId { get; init; }

    /// <summary>Hash of the whole batch: the same id with another hash is refused.</summary>
    public required string BodyHash { get; init; }

    /// <summary>The log's seq after the commit.</summary>
    public required long HeadSeq { get; init; }

    /// <summary>The commit's timestamp (ms); 0 before it is stored. Retention goes by it.</summary>
    public long CommitTs { get; init; }

    /// <summary>In client seq order, without holes.</summary>
    public required IReadOnlyList<StoredOutcome> Outcomes { get; init; }

    /// <summary>First client seq.</summary>
    public long FirstSeq => Outcomes[0].Seq;

    /// <summary>Last client seq.</summary>
    public long LastSeq => Outcomes[^1].Seq;
}
