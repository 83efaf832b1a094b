using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MyriadSync.Benchmarks.Load;
using MyriadSync.DevStack;
using MyriadSync.DevStack.Tokens;
using MyriadSync.Myriad;
using MyriadSync.Orchestration.Scans;

namespace MyriadSync.Benchmarks.Scan;

/// <summary>What a scan takes that finds the few rows of jobs among many of sync's own, in a table that is much larger still.</summary>
internal static class ScanCommand
{
    private const int Rows = 171_075;
    private const int Own = 10_000;
    private const int Foreign = 100;
    private const int PageRows = 1000;
    private const int MultigetRows = 200;
    private const int Rounds = 10;
    private const int Warmup = 2;

    /// <summary>0: measured.</summary>
    public static async Task<int> RunAsync(Uri? hbase)
    {
        var (table, dataset, app) = ("benchmarks:" + Guid.NewGuid().ToString("N"), $"scan-{Guid.NewGuid():N}", new LentServices());
        await using var stack = await LocalStack.StartAsync(new LocalStackOptions
        {
            HBase = hbase,
            ConfigureServices = app.Capture,
            Settings = new Dictionary<string, string>
            {
                ["Myriad:Tables:Groups:0:Datasets"] = "*",
                ["Myriad:Tables:Groups:0:Table"] = table,
                // The scans are those of this program alone, and each looks at what came since the one before it.
                ["Myriad:Scan:Schedule"] = "0 0 0 1 1 *",
                ["Myriad:Scan:Overlap"] = "00:00:00",
            },
        });
        try
        {
            await MeasureAsync(stack, app.Services, table, dataset);
            return 0;
        }
        finally
        {
            using var http = new HttpClient();
            using var dropped = await http.DeleteAsync(new Uri(stack.HBaseAddress, $"/{table}/schema"));
        }
    }

    private static async Task MeasureAsync(LocalStack stack, IServiceProvider app, string table, string dataset)
    {
        // The log must have the revision that the rows name.
        using var wire = new Wire(stack.BaseAddress, stack.Tokens.Create(new DevTokenRequest()), dataset);
        await wire.PushAsync("c1", 0, 1, [(1, JsonElement.Parse("{}"))], default);
        var rows = new ScannedTable(app.GetRequiredService<IRecordStore>(), table, dataset);
        await rows.CommitAsync(Enumerable.Range(0, Rows), 1000);
        using var requests = new GatewayRequests(table);
        var (whole, all) = await ScanAsync(app, table);
        var byAll = requests.Take();
        var times = new List<double>();
        IReadOnlyDictionary<string, int> counts = byAll;
        for (var round = 0; round < Warmup + Rounds; round++)
        {
            var now = app.GetRequiredService<ClusterClock>().NowMs;
            await rows.CommitAsync(Enumerable.Range(0, Own), now);
            await rows.EditAsync(Enumerable.Range(0, Foreign).Select(n => n * (Rows / Foreign)), round, now + 1);
            await Task.Delay(5);
            requests.Take();
            var (time, report) = await ScanAsync(app, table);
            counts = requests.Take();
            if (report.Taken != Foreign)
            {
                throw new InvalidOperationException($"The scan took {report.Taken} of {Foreign} rows of jobs.");
            }

            if (round >= Warmup)
            {
                times.Add(time);
            }
        }

        Console.WriteLine($"{Rows:N0} rows, {Own:N0} of sync and {Foreign} of jobs since the scan before; {Rounds} scans.\n");
        Console.WriteLine("| what | median ms | best ms | target |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        Console.WriteLine(FormattableString.Invariant($"| scan | {Statistics.Median(times):F0} | {times.Min():F0} | <= 2,000 |"));
        Console.WriteLine(FormattableString.Invariant($"| first scan, of the whole table ({all.Rows:N0} rows) | {whole:F0} | | |"));
        Console.WriteLine($"\nRequests of a scan: {Text(counts)}; of the first one: {Text(byAll)}.");
        var pages = (int)Math.Ceiling((Own + Foreign) / (double)PageRows) + 1;
        var looks = counts.GetValueOrDefault("scan-changed") + counts.GetValueOrDefault("multiget");
        Console.WriteLine($"To look: {looks}; target: <= {pages} pages + {Math.Ceiling(Foreign / (double)MultigetRows)} for rows of jobs, and one for the clock.");
    }

    private static async Task<(double Ms, ScanReport Report)> ScanAsync(IServiceProvider app, string table)
    {
        var begin = Stopwatch.GetTimestamp();
        var report = await app.GetRequiredService<ClusterScan>().RunAsync(table, default);
        return report.Fault == StoreFault.None
            ? (Stopwatch.GetElapsedTime(begin).TotalMilliseconds, report)
            : throw new InvalidOperationException($"The scan broke off: {report.Fault}.");
    }

    private static string Text(IReadOnlyDictionary<string, int> counts) => string.Join(", ", counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value} {pair.Key}"));

    /// <summary>Lends the services of the app that runs in this process.</summary>
    private sealed class LentServices : IHostedService
    {
        private IServiceProvider? _services;

        public IServiceProvider Services => _services!;

        public void Capture(IServiceCollection services) => services.AddSingleton<IHostedService>(provider =>
        {
            _services = provider;
            return this;
        });

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
