using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.Myriad;
using MyriadSync.Myriad.HBase;
using MyriadSync.MyriadEmulator;

namespace MyriadSync.Benchmarks.Cluster;

/// <summary>What the record store takes for the requests of one full batch: fetching 1,000 rows, applying 1,000 puts, and deletes apart.</summary>
internal static class ClusterCommand
{
    private const int Rows = 1000;
    private const int Deletes = 200;
    private const int Fields = 9;
    private const int ValueBytes = 30;
    private const int Rounds = 20;
    private const int Warmup = 5;

    /// <summary>0: measured.</summary>
    public static async Task<int> RunAsync(Uri? hbase, bool gzip)
    {
        await using var emulator = hbase is null ? await MyriadEmulatorHost.StartAsync(new MyriadEmulatorOptions { HBasePort = 0, SchedulerPort = 0 }) : null;
        var gateway = hbase ?? emulator!.HBaseAddress;
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddHBase(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Myriad:HBase:Endpoints:0"] = gateway.AbsoluteUri,
                ["Myriad:HBase:Compress"] = gzip ? "true" : "false",
                // A gateway that was just started may need longer for its first answers than the app waits.
                ["Myriad:HBase:Timeout"] = "00:00:30",
            }).Build())
            .BuildServiceProvider();
        var store = services.GetRequiredService<IRecordStore>();
        var table = "benchmarks:" + Guid.NewGuid().ToString("N");
        var times = new Dictionary<string, List<double>>();
        try
        {
            for (var round = -Warmup; round < Rounds; round++)
            {
                await RoundAsync(store, table, round + Warmup, round < 0 ? [] : times);
            }
        }
        finally
        {
            using var http = new HttpClient();
            using var dropped = await http.DeleteAsync(new Uri(gateway, $"/{table}/schema"));
        }

        var (plain, packed) = Sizes();
        Console.WriteLine($"{(hbase is null ? "The emulator" : gateway)}, {Rows:N0} rows of {Fields} fields and 6 cells of ours, {Rounds} rounds, {(gzip ? "with gzip" : "as they are")}.");
        Console.WriteLine($"The body of a put has {plain / 1024:N0} KiB, with gzip {packed / 1024:N0}.\n");
        Console.WriteLine("| what | median ms | best ms | target |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (var ((what, values), target) in times.Zip(["<= 60", "<= 100", ""]))
        {
            Console.WriteLine(FormattableString.Invariant($"| {what} | {Statistics.Median(values):F1} | {values.Min():F1} | {target} |"));
        }

        return 0;
    }

    private static async Task RoundAsync(IRecordStore store, string table, int round, Dictionary<string, List<double>> times)
    {
        var timestamp = 1_700_000_000_000 + round;
        var puts = Enumerable.Range(0, Rows).Select(row => Put(string.Create(CultureInfo.InvariantCulture, $"r{round}-{row:D4}"), timestamp)).ToList();
        HashSet<string> keys = [.. puts.Select(put => put.Key)];
        await TimeAsync(times, $"apply {Rows:N0} puts", async () => Check(await store.WriteAsync(table, puts, [], default)));
        await TimeAsync(times, $"fetch {Rows:N0} rows", async () =>
        {
            var read = await store.ReadAsync(table, keys, keys, default);
            Check(read.Rows.Count == Rows ? read.Fault : StoreFault.Unavailable, read.Reason ?? $"{read.Rows.Count} rows");
        });
        var deletes = puts.Take(Deletes).Select(put => new RowDelete(put.Key, [StoreColumns.DataFamily], timestamp)).ToList();
        await TimeAsync(times, $"apply {Deletes:N0} deletes", async () => Check(await store.WriteAsync(table, [], deletes, default)));
    }

    private static async Task TimeAsync(Dictionary<string, List<double>> times, string what, Func<Task> act)
    {
        var begin = Stopwatch.GetTimestamp();
        await act();
        var taken = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        times.TryAdd(what, []);
        times[what].Add(taken);
    }

    private static void Check(WriteAnswer answer) => Check(answer.Fault, answer.Reason);

    private static void Check(StoreFault fault, string? reason)
    {
        if (fault != StoreFault.None)
        {
            throw new InvalidOperationException($"The gateway could not do it: {fault}, {reason}.");
        }
    }

    private static (long Plain, long Packed) Sizes()
    {
        var body = new ArrayBufferWriter<byte>();
        RowsJsonWriter.Write(body, Enumerable.Range(0, Rows).Select(row => Put($"r0-{row:D4}", 1_700_000_000_000)).ToArray());
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(body.WrittenSpan);
        }

        return (body.WrittenCount, packed.Length);
    }

    private static RowPut Put(string key, long timestamp)
    {
        var fields = Enumerable.Range(0, Fields).Select(field => new Cell($"d:field{field}", timestamp, Value(key, $"{field}")));
        var ours = new[] { "rev", "at", "by", "clock", "hash", "deleted" }.Select(name => new Cell($"m:{name}", timestamp, Value(key, name).AsMemory(0, name == "deleted" ? 1 : ValueBytes)));
        return new RowPut(key, [.. fields, .. ours]);
    }

    // No two alike: what gzip makes of them should be no better than what it makes of people's.
    private static byte[] Value(string key, string column) =>
        Encoding.UTF8.GetBytes('"' + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key + column)))[..(ValueBytes - 2)] + '"');
}
