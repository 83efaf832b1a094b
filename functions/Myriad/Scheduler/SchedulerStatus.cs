namespace MyriadSync.Myriad.Scheduler;

/// <summary>How the scheduler is doing.</summary>
public enum SchedulerStatus
{
    /// <summary>No scheduler is named in the configuration.</summary>
    NotConfigured,

    /// <summary>One answered. It may be a demoted one with a stale state: an answer is no proof of leadership.</summary>
    Answering,

    /// <summary>None of those named answered.</summary>
    Unavailable,
}
