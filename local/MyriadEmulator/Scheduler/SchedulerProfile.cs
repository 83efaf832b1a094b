namespace MyriadSync.MyriadEmulator.Scheduler;

/// <summary>The size of a node manager.</summary>
/// <param name="Cpus">CPUs.</param>
/// <param name="MemoryMb">Megabytes.</param>
public sealed record SchedulerProfile(int Cpus, int MemoryMb);
