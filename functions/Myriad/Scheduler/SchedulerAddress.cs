namespace MyriadSync.Myriad.Scheduler;

/// <summary>One of the configured schedulers.</summary>
/// <param name="Authority">Host and port.</param>
/// <param name="Answers">Whether it answers.</param>
/// <param name="Reason">Why not, one line; null when it does.</param>
public sealed record SchedulerAddress(string Authority, bool Answers, string? Reason);
