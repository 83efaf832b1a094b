namespace MyriadSync.Orchestration;

/// <summary>Custom status of an orchestration that waits before its commit.</summary>
/// <param name="Reason">Why, a stable code.</param>
/// <param name="Since">Since when (UTC).</param>
public sealed record WaitStatus(string Reason, DateTimeOffset Since);
