namespace MyriadSync.Myriad.Scheduler;

/// <summary>The Myriad scheduler. What goes wrong is a value; only cancellation is thrown.</summary>
public interface ISchedulerClient
{
    /// <summary>Asks the schedulers in their order until one answers, and counts its tasks.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<SchedulerHealth> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Asks every scheduler, and the first one that answers for everything.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<ClusterView> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Has so many instances of a part run: reads the state and flexes by the difference, so that asking twice changes nothing more. Two callers at the same
    /// moment can still overshoot, because the scheduler has no conditional calls. A call without an answer is never repeated.
    /// </summary>
    /// <param name="kind">Node managers or a service.</param>
    /// <param name="name">The profile or service.</param>
    /// <param name="instances">How many, &gt;= 0.</param>
    /// <param name="cancellationToken">Gives up waiting; what was sent may still be carried out.</param>
    Task<FlexAnswer> SetInstancesAsync(ClusterPart kind, string name, int instances, CancellationToken cancellationToken);
}
