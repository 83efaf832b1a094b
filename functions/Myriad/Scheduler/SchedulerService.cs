namespace MyriadSync.Myriad.Scheduler;

/// <summary>A service in the Myriad configuration.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bounded">Whether its instances are bounded; null: the scheduler does not tell.</param>
/// <param name="MaxInstances">The bound, where this version of Myriad shows it. Newer ones lose the number and show only that there is one.</param>
public sealed record SchedulerService(string Name, bool? Bounded, int? MaxInstances);
