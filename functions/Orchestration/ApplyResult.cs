namespace MyriadSync.Orchestration;

/// <summary>Result of the apply activity.</summary>
/// <param name="Applied">The cluster is there.</param>
public sealed record ApplyResult(bool Applied);
