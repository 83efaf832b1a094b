namespace MyriadSync.Myriad.Scheduler;

/// <summary>The cluster as its schedulers tell it.</summary>
public sealed record ClusterView
{
    /// <summary>Each configured scheduler, in their order.</summary>
    public required IReadOnlyList<SchedulerAddress> Schedulers { get; init; }

    /// <summary>State of the first one that answers; null: none does.</summary>
    public SchedulerState? State { get; init; }

    /// <summary>Its configuration; null likewise.</summary>
    public SchedulerConfig? Config { get; init; }

    /// <summary>More than one answers: a standby's port is closed, so all but one were demoted and tell a stale state. The API does not show which.</summary>
    public bool Ambiguous => Schedulers.Count(scheduler => scheduler.Answers) > 1;
}
