using MyriadSync.MyriadEmulator.Scheduler;

namespace MyriadSync.MyriadEmulator;

/// <summary>How an emulator is started.</summary>
public sealed record MyriadEmulatorOptions
{
    /// <summary>The port of the HBase REST gateway on 127.0.0.1; 0 for any free one.</summary>
    public int HBasePort { get; init; } = 8080;

    /// <summary>The port of the Myriad scheduler on 127.0.0.1; 0 for any free one.</summary>
    public int SchedulerPort { get; init; } = 8192;

    /// <summary>The SQLite file that keeps tables and rows over restarts; null keeps them in memory. One emulator at a time uses a file.</summary>
    public string? DataFile { get; init; }

    /// <summary>The configuration of the emulated scheduler.</summary>
    public SchedulerOptions Scheduler { get; init; } = new();

    /// <summary>Where the time comes from: the timestamps of cells that bring none, and delays.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
