using System.Diagnostics;
using Microsoft.DurableTask.Client;

namespace MyriadSync.FunctionsRuntime.Child;

internal static class BenchCommand
{
    public static async Task<int> RunAsync(string stateFile, int count, int concurrency)
    {
        var watch = Stopwatch.StartNew();
        using var host = await ChildHost.StartAsync(stateFile, journal: null);
        Console.WriteLine($"start of the host: {watch.Elapsed.TotalMilliseconds:F0} ms");
        var client = host.GetDurableTaskClient();
        await MeasureAsync(client, count / 4, concurrency);

        watch.Restart();
        var times = await MeasureAsync(client, count, concurrency);
        var elapsed = watch.Elapsed;
        times.Sort();
        Console.WriteLine($"{count} orchestrations of four activities, {concurrency} at a time: p50 {times[count / 2]:F2} ms, p99 {times[count * 99 / 100]:F2} ms, {count / elapsed.TotalSeconds:F0}/s, heap {GC.GetTotalMemory(true) / 1e6:F1} MB");
        await host.StopAsync();
        return 0;
    }

    private static async Task<List<double>> MeasureAsync(DurableTaskClient client, int count, int concurrency)
    {
        var times = new List<double>(count);
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) <= count)
            {
                var began = Stopwatch.GetTimestamp();
                var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(BenchFunctions.Four), CancellationToken.None);
                var ended = await client.WaitForInstanceCompletionAsync(id, CancellationToken.None);
                if (ended.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
                    throw new InvalidOperationException($"{ended.RuntimeStatus} {ended.FailureDetails}");
                lock (times)
                    times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        })));
        return times;
    }
}
