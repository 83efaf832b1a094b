namespace MyriadSync.Myriad.Scheduler;

/// <summary>A size of node managers in the Myriad configuration.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cpus">As the scheduler writes it: a decimal number as text.</param>
/// <param name="MemoryMb">Likewise, MiB.</param>
public sealed record SchedulerProfile(string Name, string? Cpus, string? MemoryMb);
