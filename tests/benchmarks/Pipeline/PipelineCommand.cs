using System.Diagnostics;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;
using MyriadSync.Contracts.Wire;
using MyriadSync.Pipeline.Resolve;
using MyriadSync.Pipeline.Transform;

namespace MyriadSync.Benchmarks.Pipeline;

/// <summary>What the pure stages take for a full batch: reading, transform, resolve, and the entries for the log.</summary>
internal static class PipelineCommand
{
    private const int Warmup = 60;
    private const int Runs = 200;
    private const double GoalMs = 10;

    /// <summary>0: transform and resolve keep to their goals, with every policy.</summary>
    public static int Run()
    {
        using var app = new PipelineApp();
        var (transformer, resolver) = (app.Get<ChangeTransformer>(), app.Get<BatchResolver>());
        Console.WriteLine($"{PipelineInput.Changes:N0} changes to records of 10 fields, all of them concurrent: median of {Runs} runs, and the best of them, which a busy machine says more by. Goal: {GoalMs} ms each for transform and resolve.\n");
        Console.WriteLine("| policy | op | read ms | transform ms (best) | resolve ms (best) | entries ms | resolve KiB | all KiB | outcomes |");
        Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
        var kept = true;
        foreach (var policy in PipelineApp.Policies)
        {
            foreach (var patch in new[] { false, true })
            {
                kept &= Measure(transformer, resolver, policy, patch);
            }
        }

        return kept ? 0 : 1;
    }

    private static bool Measure(ChangeTransformer transformer, BatchResolver resolver, string policy, bool patch)
    {
        var input = PipelineInput.Of(policy, patch);
        var runs = new List<Laps>();
        for (var i = 0; i < Warmup + Runs; i++)
        {
            runs.Add(RunOnce(transformer, resolver, input));
        }

        runs.RemoveRange(0, Warmup);
        double Median(Func<Laps, double> of) => Statistics.Median(runs.Select(of));
        var (transform, resolve) = (Median(lap => lap.Transform), Median(lap => lap.Resolve));
        Console.WriteLine(FormattableString.Invariant(
            $"| {policy} | {(patch ? "patch" : "put")} | {Median(lap => lap.Read):F2} | {transform:F2} ({runs.Min(lap => lap.Transform):F2}) | {resolve:F2} ({runs.Min(lap => lap.Resolve):F2}) | {Median(lap => lap.Entries):F2} | {Median(lap => lap.ResolveBytes) / 1024:N0} | {Median(lap => lap.Bytes) / 1024:N0} | {runs[^1].Outcomes} |"));
        return transform <= GoalMs && resolve <= GoalMs;
    }

    private static Laps RunOnce(ChangeTransformer transformer, BatchResolver resolver, PipelineInput input)
    {
        var settings = new ResolveSettings
        {
            ClientId = "mine",
            ServerMs = 1_700_000_002_000,
            ClockAheadMs = 60_000,
            CommitTs = 1_700_000_002_000,
            Limits = new ValueLimits(),
            FirstSeq = 1,
            Atomic = false,
        };
        var (bytes, clock) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        var batch = BatchReader.Read(input.Body, new SyncLimits()).Batch!;
        var read = Lap(ref clock);
        var transformed = transformer.Transform("d", batch, null);
        var transform = Lap(ref clock);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var resolved = resolver.Resolve(transformed.Changes, input.States, new Dictionary<long, ResolvedChange>(), settings);
        var resolve = Lap(ref clock);
        var after = GC.GetAllocatedBytesForCurrentThread();
        EntryBuilder.Build(resolved.Effects, 100);
        var outcomes = string.Join(", ", resolved.Changes.GroupBy(change => change.Outcome).Select(group => $"{group.Count()} {group.Key}"));
        return new Laps(read, transform, resolve, Lap(ref clock), after - before, GC.GetAllocatedBytesForCurrentThread() - bytes, outcomes);
    }

    private static double Lap(ref long clock)
    {
        var (from, now) = (clock, Stopwatch.GetTimestamp());
        clock = now;
        return Stopwatch.GetElapsedTime(from, now).TotalMilliseconds;
    }

    private sealed record Laps(double Read, double Transform, double Resolve, double Entries, long ResolveBytes, long Bytes, string Outcomes);
}
