namespace MyriadSync.Orchestration.Stages;

/// <summary>How far the cluster is after an apply.</summary>
/// <param name="AppliedSeq">Everything up to here is on the cluster, or held.</param>
/// <param name="HeadSeq">Where the log ends, as far as is known.</param>
/// <param name="WaitReason">Why it stopped before it was done, a stable code; null: it is done, or others go on.</param>
public sealed record ApplyStageAnswer(long AppliedSeq, long HeadSeq, string? WaitReason);
