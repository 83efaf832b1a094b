using MyriadSync.ChangeLog;
using MyriadSync.Contracts;

namespace MyriadSync.Orchestration.Stages;

/// <summary>What became of an <see cref="OperatorRequest"/>. Exactly one of the first four is set.</summary>
internal sealed record OperatorAnswer
{
    /// <summary>It is in the log, by this run or by an earlier one.</summary>
    public DoneRow? Done { get; init; }

    /// <summary>It cannot go in; nothing was stored.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Why to ask again later.</summary>
    public string? WaitReason { get; init; }

    /// <summary>The row is too old: fetch again.</summary>
    public bool FetchAgain { get; init; }

    /// <summary>The record that it met; null when it was not looked at.</summary>
    public RecordState? Met { get; init; }

    /// <summary>Last seq of the log.</summary>
    public long HeadSeq { get; init; }
}
