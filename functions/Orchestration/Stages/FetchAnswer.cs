namespace MyriadSync.Orchestration.Stages;

/// <summary>What became of a fetch.</summary>
/// <param name="Rows">The rows; null: wait.</param>
/// <param name="WaitReason">Why to wait, a stable code.</param>
internal sealed record FetchAnswer(FetchedRows? Rows, string? WaitReason);
