namespace MyriadSync.Myriad.Scheduler;

/// <summary>The scheduler's state, in numbers of tasks (node managers and services alike).</summary>
public sealed record SchedulerHealth
{
    /// <summary>Whether the numbers mean anything.</summary>
    public required SchedulerStatus Status { get; init; }

    /// <summary>One line for an operator when none answered; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>Tasks waiting for an offer.</summary>
    public int Pending { get; init; }

    /// <summary>Tasks that were launched and do not run yet.</summary>
    public int Staging { get; init; }

    /// <summary>Tasks that run.</summary>
    public int Active { get; init; }

    /// <summary>Tasks that are to be ended.</summary>
    public int Killable { get; init; }
}
