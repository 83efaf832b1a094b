namespace MyriadSync.Orchestration;

/// <summary>Result of the fetch activity.</summary>
/// <param name="WaitReason">Why to wait; null: the rows are there.</param>
public sealed record FetchResult(string? WaitReason);
