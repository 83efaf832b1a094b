namespace MyriadSync.Orchestration.Rebuild;

/// <summary>A log that was begun anew.</summary>
public sealed record RebuiltDataset
{
    /// <summary>The dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>Rows of records on the cluster, tombstones included.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows among them that are not as sync wrote them last, by the stores' mappings as they are now.</summary>
    public required long Differing { get; init; }

    /// <summary>Rows among them that sync wrote later than the cluster's clock is now: they wait until it gets there.</summary>
    public required long Ahead { get; init; }

    /// <summary>Highest revision that the cluster has.</summary>
    public required long HighestRev { get; init; }

    /// <summary>Newest timestamp (ms) that sync wrote anything at.</summary>
    public required long HighestTimestamp { get; init; }

    /// <summary>Clients that go on under new ids.</summary>
    public required int Clients { get; init; }

    /// <summary>Records that the copy of the log knew as refused, and that the cluster has in a later revision.</summary>
    public required int Released { get; init; }

    /// <summary>Epoch before; null: there was no log.</summary>
    public required string? OldEpoch { get; init; }

    /// <summary>Last seq before; 0: there was no log.</summary>
    public required long OldSeq { get; init; }

    /// <summary>Epoch now.</summary>
    public required string Epoch { get; init; }

    /// <summary>Last seq now: the first commit gets the one after it.</summary>
    public required long Seq { get; init; }
}
