namespace MyriadSync.Benchmarks.Browser;

/// <summary>What <c>tests/e2e/measurements</c> writes.</summary>
/// <param name="Snapshots">First loads of every city, each on a new device.</param>
/// <param name="Pushes">Pushes of what was edited while offline.</param>
internal sealed record BrowserResults(IReadOnlyList<SnapshotRun> Snapshots, IReadOnlyList<PushRun> Pushes);

/// <param name="Seconds">From the start of sync to the end of the load.</param>
/// <param name="PerSecond">Records a second.</param>
/// <param name="PeakMiB">Most of the page's heap that was in use.</param>
/// <param name="KeptMiB">What was in use after it, collected.</param>
/// <param name="LongTasksMs">Tasks of the main thread above 50 ms.</param>
internal sealed record SnapshotRun(double Seconds, double PerSecond, double PeakMiB, double KeptMiB, IReadOnlyList<int> LongTasksMs);

/// <param name="Seconds">From being online again until the server had settled everything.</param>
/// <param name="LongTasksMs">Tasks of the main thread above 50 ms.</param>
internal sealed record PushRun(double Seconds, IReadOnlyList<int> LongTasksMs);
