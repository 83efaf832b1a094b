using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;
using MyriadSync.Pipeline.Transform;
using MyriadSync.Telemetry;

namespace MyriadSync.IntegrationTests.Scans;

/// <summary>A table of 171,075 rows in which sync itself wrote 10,000 and jobs 100 since the last scan: a scan asks for pages of those, and reads the hundred.</summary>
public sealed class LargeTableTests(SharedAzurite azurite)
{
    private const string Dataset = "large";
    private const int OldRows = 171_075;
    private const int OwnRows = 10_000;
    private const int ForeignRows = 100;
    private const int Block = 5_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scan_FewForeignAmongManyOfOurOwn_NeedsNoMoreRequestsThanPagesAndForeignRows()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        await FillAsync(app, 0, OldRows, commitTs: 1000);
        await client.PushAsync(client.Put("todos", "first", "{}"));
        await app.ScanAsync();
        var recent = (await job.ReadAsync("todos", "first"))["m:rev"].Timestamp;
        await FillAsync(app, 0, OwnRows, recent + 1);
        await job.PutAsync(Enumerable.Range(0, ForeignRows).Select(n => job.Row("todos", Key(n * (OldRows / ForeignRows)), recent + 2, ("d:status", "\"done\""))));
        await app.ReachAsync(recent + 2);
        using var requests = new Requests(app.Table);

        var report = await app.ScanAsync();

        // One page more finds that there is no more, and one notes in the rows that they were judged.
        const int pages = ((OwnRows + ForeignRows) / 1000) + 2;
        Assert.Equal(ForeignRows, report.Taken);
        Assert.InRange(report.Rows, OwnRows, OwnRows + ForeignRows + 2);
        Assert.InRange(requests["scan-changed"], 1, pages);
        Assert.InRange(requests["multiget"], 1, 3);
        Assert.InRange(requests.Total, 1, pages + 6);
    }

    private static string Key(int n) => $"k{n:D6}";

    /// <summary>Rows as sync leaves them. They come round the app: pushing them takes minutes.</summary>
    private static async Task FillAsync(ScanApp app, int from, int count, long commitTs)
    {
        var store = app.Gates.Services.Get<IRecordStore>();
        var value = RecordValue.FromFields([new RecordField("title", Encoding.UTF8.GetBytes("\"t\""))]);
        foreach (var block in Enumerable.Range(from, count).Chunk(Block))
        {
            var puts = block.Select(n => RecordRows.Put(
                Keys.Row(Dataset, Key(n)),
                new LogEntry
                {
                    Rev = 1,
                    Store = "todos",
                    Key = Keys.Of(Key(n)),
                    Value = value,
                    At = HybridTime.FromMilliseconds(1000, "c1").ToString(),
                    By = "c1",
                    Clocks = new FieldClocks { Default = new FieldClock(commitTs, HybridTime.FromMilliseconds(1000, "c1").ToString(), 1) },
                },
                commitTs,
                whole: true,
                PlainCodec.Instance)).ToList();
            Assert.Equal(StoreFault.None, (await store.WriteAsync(app.Table, puts, [], Cancel)).Fault);
        }
    }

    /// <summary>Counts requests to the gateway by their spans.</summary>
    private sealed class Requests : IDisposable
    {
        private readonly ConcurrentDictionary<string, int> _counts = new();
        private readonly ActivityListener _listener;

        public Requests(string table)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == TelemetrySource.Activities.Name,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = span =>
                {
                    if (table.Equals(span.GetTagItem("db.collection.name")) && span.GetTagItem("db.operation.name") is string operation)
                        _counts.AddOrUpdate(operation, 1, (_, count) => count + 1);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public int this[string operation] => _counts.GetValueOrDefault(operation);

        public int Total => _counts.Values.Sum();

        public void Dispose() => _listener.Dispose();
    }
}
