using MyriadSync.ChangeLog;

namespace MyriadSync.Orchestration.Stages;

/// <summary>What became of resolving and committing a batch. Exactly one of the first four is set.</summary>
internal sealed record CommitStageAnswer
{
    /// <summary>Every change has its outcome: the outcomes rows written now. Empty when all were seen before.</summary>
    public IReadOnlyList<OutcomesRow>? Settled { get; init; }

    /// <summary>The rows are too old: fetch again, at once.</summary>
    public bool FetchAgain { get; init; }

    /// <summary>Why to wait before trying again.</summary>
    public string? WaitReason { get; init; }

    /// <summary>One of <see cref="Contracts.Problems"/>: the batch cannot go in, and nothing of it is kept.</summary>
    public string? Problem { get; init; }

    /// <summary>With a sequence gap: the seq to go on with.</summary>
    public long ExpectedSeq { get; init; }

    /// <summary>Last seq of the log that the batch wrote or rests on.</summary>
    public long HeadSeq { get; init; }
}
