namespace MyriadSync.Contracts;

/// <summary>A client's batch, its envelope checked: seqs ascend without holes, sizes are within the limits.</summary>
public sealed record Batch
{
    /// <summary>The app's schema version that the changes are in.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>1-64 of <c>A-Z a-z 0-9 - _</c>.</summary>
    public required string ClientId { get; init; }

    /// <summary>1-64 of <c>A-Z a-z 0-9 - _</c>; with dataset and client it names the batch.</summary>
    public required string BatchId { get; init; }

    /// <summary>The log's epoch as the client knows it; null when it has none yet.</summary>
    public string? Epoch { get; init; }

    /// <summary>All or nothing.</summary>
    public bool Atomic { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<Change> Changes { get; init; }

    /// <summary>SHA-256 (hex) over schema version, atomic and the changes' digests: the same batch id with another hash is another batch.</summary>
    public required string BodyHash { get; init; }

    /// <summary>Seq of the first change.</summary>
    public long FirstSeq => Changes[0].Seq;

    /// <summary>Seq of the last change.</summary>
    public long LastSeq => Changes[^1].Seq;
}
