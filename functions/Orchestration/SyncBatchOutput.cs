namespace MyriadSync.Orchestration;

/// <summary>How an orchestration ended.</summary>
public sealed record SyncBatchOutput
{
    /// <summary>One of <see cref="Contracts.Problems"/>: the batch did not go in, and nothing of it is kept. Null: its outcomes are final.</summary>
    public string? Problem { get; init; }

    /// <summary>With a sequence gap: the seq to go on with.</summary>
    public long ExpectedSeq { get; init; }

    /// <summary>True: all of it is on the cluster. False: the log's applier goes on.</summary>
    public bool Applied { get; init; }

    /// <summary>The log's seq that the outcomes rest on.</summary>
    public long HeadSeq { get; init; }
}
