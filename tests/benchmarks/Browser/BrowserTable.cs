namespace MyriadSync.Benchmarks.Browser;

/// <summary>Shows the results beside their targets.</summary>
internal static class BrowserTable
{
    private const double SnapshotPerSecond = 5_000;
    private const double HeapMiB = 64;
    private const double PushSeconds = 10;

    /// <returns>0: every target was met.</returns>
    public static int Print(BrowserResults results)
    {
        var (snapshots, pushes) = (results.Snapshots, results.Pushes);
        var met = new List<bool>();
        Console.WriteLine("\n| what | runs | target | |\n| --- | --- | --- | --- |");
        Row("first snapshot, records/s", snapshots.Select(run => $"{run.PerSecond:N0}"), $">= {SnapshotPerSecond:N0}", snapshots.All(run => run.PerSecond >= SnapshotPerSecond));
        Row("most heap in use meanwhile, MiB", snapshots.Select(run => $"{run.PeakMiB:N0}"), $"<= {HeapMiB}", snapshots.All(run => run.PeakMiB <= HeapMiB));
        Row("heap in use afterwards, MiB", snapshots.Select(run => $"{run.KeptMiB:N0}"), "", true);
        Row("tasks above 50 ms meanwhile (the longest, ms)", snapshots.Select(run => Tasks(run.LongTasksMs)), "none", snapshots.All(run => run.LongTasksMs.Count == 0));
        Row("push of 10,000 edits made offline, s", pushes.Select(run => $"{run.Seconds:N1}"), $"<= {PushSeconds:N0}", pushes.All(run => run.Seconds <= PushSeconds));
        Row("tasks above 50 ms meanwhile (the longest, ms)", pushes.Select(run => Tasks(run.LongTasksMs)), "", true);
        return met.TrueForAll(one => one) ? 0 : 1;

        void Row(string what, IEnumerable<string> runs, string target, bool isMet)
        {
            met.Add(isMet);
            Console.WriteLine($"| {what} | {string.Join(", ", runs)} | {target} | {(target.Length == 0 ? "" : isMet ? "met" : "MISSED")} |");
        }
    }

    private static string Tasks(IReadOnlyList<int> longTasksMs) => longTasksMs.Count == 0 ? "0" : $"{longTasksMs.Count} ({longTasksMs.Max()})";
}
