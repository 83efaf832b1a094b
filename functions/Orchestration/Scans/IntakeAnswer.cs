using MyriadSync.Contracts;

namespace MyriadSync.Orchestration.Scans;

/// <summary>What became of records that jobs may have written.</summary>
internal sealed record IntakeAnswer
{
    /// <summary>Records that came into the log.</summary>
    public int Taken { get; init; }

    /// <summary>Records that cannot be judged yet.</summary>
    public IReadOnlySet<RecordId> Deferred { get; init; } = new HashSet<RecordId>();

    /// <summary>Why they cannot; null: somebody else's commit to them is on its way to the cluster.</summary>
    public string? WaitReason { get; init; }

    /// <summary>The rows are too old: fetch again.</summary>
    public bool FetchAgain { get; init; }

    /// <summary>Last seq of the log.</summary>
    public long HeadSeq { get; init; }
}
