namespace MyriadSync.Triggers.Http;

/// <summary>How something that the service stands on is doing.</summary>
/// <param name="Name">Which.</param>
/// <param name="Essential">Whether the service is of no use without it.</param>
/// <param name="Up">Whether it answers.</param>
/// <param name="Since">When this instance first saw it so.</param>
/// <param name="Reason">Why it is down.</param>
internal sealed record ProbeState(string Name, bool Essential, bool Up, DateTimeOffset Since, string? Reason);
