namespace MyriadSync.Myriad.Scheduler;

/// <summary>
/// The scheduler's four lists (<c>GET /api/state</c>). It reads them one after another without a common lock, so that a task which moves meanwhile can be in two
/// of them or in none.
/// </summary>
public sealed record SchedulerState
{
    /// <summary>Waiting for an offer.</summary>
    public required IReadOnlyList<SchedulerTask> Pending { get; init; }

    /// <summary>Launched, not running yet.</summary>
    public required IReadOnlyList<SchedulerTask> Staging { get; init; }

    /// <summary>Running.</summary>
    public required IReadOnlyList<SchedulerTask> Active { get; init; }

    /// <summary>To be ended.</summary>
    public required IReadOnlyList<SchedulerTask> Killable { get; init; }

    /// <summary>Instances of one part that are wanted: pending, staging or active, each counted once.</summary>
    public int Wanted(ClusterPart kind, string name) =>
        Pending.Concat(Staging).Concat(Active).Where(task => task.Kind == kind && task.Name == name).DistinctBy(task => task.Id).Count();
}
