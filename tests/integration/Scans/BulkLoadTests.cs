using MyriadSync.ChangeLog;
using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Scans;

/// <summary>A job writes more rows than the log is to hold: the dataset gets a new epoch, and clients find everything in the snapshot.</summary>
public sealed class BulkLoadTests(SharedAzurite azurite)
{
    private const int Rows = 120;

    private static readonly Dictionary<string, string> Few = new() { ["Myriad:Scan:BulkRows"] = "50" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scan_MoreRowsThanTheLogIsToHold_OpensANewEpochWhoseSnapshotHasThem()
    {
        await using var app = await ScanApp.StartAsync(azurite, settings: Few);
        var (client, job) = (app.Client("bulk"), app.Job("bulk"));
        await client.PushAsync(client.Put("todos", "k000", """{"mine":1}"""), client.Put("todos", "quiet", """{"mine":1}"""));
        var before = await client.PullAsync();
        await job.PutAsync(Enumerable.Range(0, Rows).Select(n => job.Row("todos", $"k{n:D3}", null, ("d:n", $"{n}"))));

        var (first, second) = (await app.ScanAsync(), await app.ScanAsync());
        var gone = await client.PullAsync(before.Text("cursor"));
        var snapshot = await client.SnapshotAsync("limit=1000");
        var edit = await client.PushAsync(client.Patch("todos", "k077", """{"set":{"/mine":true}}""", on: snapshot.Json.GetProperty("records").EnumerateArray().First(record => record.GetProperty("key").GetString() == "k077").GetProperty("rev").GetInt64()));
        var pulled = await client.PullAllAsync(snapshot.Text("cursor"));

        Assert.Equal((Rows, 0), (first.Taken, second.Taken));
        Assert.Equal(410, gone.Status);
        Assert.Equal(Rows + 1, snapshot.Records.Count);
        Assert.Equal("""k000 3 {"mine":1,"n":0}""", snapshot.Records[0]);
        Assert.All(snapshot.Json.GetProperty("records").EnumerateArray().SkipLast(1), record => Assert.InRange(record.GetProperty("rev").GetInt64(), 3, 12));
        Assert.Equal("applied", edit.Results[0].GetProperty("outcome").GetString());
        Assert.Equal("""{"mine":true,"n":77}""", Assert.Single(pulled).GetProperty("value").GetRawText());
    }

    [Fact]
    public async Task Scan_BreaksOffWhileRowsAreNoted_NextOneOpensTheEpoch()
    {
        await using var app = await ScanApp.StartAsync(azurite, settings: Few);
        var (client, job) = (app.Client("broken"), app.Job("broken"));
        await client.PushAsync(client.Put("todos", "quiet", """{"mine":1}"""));
        var before = await client.PullAsync();
        await job.PutAsync(Enumerable.Range(0, Rows).Select(n => job.Row("todos", $"k{n:D3}", null, ("d:n", $"{n}"))));
        using (var notes = app.Gates.Store.Gate(nameof(IRecordStore.WriteAsync), CallSide.After, puts => ((IReadOnlyList<RowPut>)puts).Count == Rows - 10, atMost: 1))
        {
            var scanning = app.ScanAsync();
            (await notes.NextAsync()).Fail(new IOException("The process dies."));
            await Assert.ThrowsAsync<IOException>(() => scanning);
        }

        var between = await client.PullAsync(before.Text("cursor"));
        var next = await app.ScanAsync();
        var gone = await client.PullAsync(before.Text("cursor"));
        var marks = await app.Gates.Services.Get<IScanMarks>().ReadAsync(app.Table, Cancel);

        Assert.Equal(200, between.Status);
        Assert.Equal((0, 410), (next.Taken, gone.Status));
        Assert.Equal(Rows + 1, (await client.SnapshotAsync("limit=1000")).Records.Count);
        Assert.Empty(marks.Loading);
    }

    [Fact]
    public async Task Scan_FirstRowsOfTheLoadSayNothingNew_ShowsOthersWithARevAboveEarlierSnapshots()
    {
        await using var app = await ScanApp.StartAsync(azurite, settings: Few);
        var (client, job) = (app.Client("alike"), app.Job("alike"));
        await client.PushAsync([.. Enumerable.Range(0, Rows).Select(n => client.Put("todos", $"k{n:D3}", $$"""{"n":{{n}}}"""))]);
        var before = (await client.SnapshotAsync("limit=1000")).Number("head");
        await job.PutAsync(Enumerable.Range(0, Rows).Select(n => job.Row("todos", $"k{n:D3}", null, ("d:n", $"{(n < 20 ? n : -n)}"))));

        await app.ScanAsync();

        var records = (await client.SnapshotAsync("limit=1000")).Json.GetProperty("records").EnumerateArray().Skip(20).ToList();
        Assert.All(records, record => Assert.True(record.GetProperty("rev").GetInt64() > before));
        Assert.Equal(-77, records[57].GetProperty("value").GetProperty("n").GetInt32());
    }

    /// <summary>The snapshot has the revision that the note would get, and not what the note is of.</summary>
    [Fact]
    public async Task Scan_JobGoesOnAfterASnapshotOfTheCommit_ShowsItsLastWordWithARevAboveThatSnapshot()
    {
        await using var app = await ScanApp.StartAsync(azurite, settings: Few);
        var (client, job) = (app.Client("goeson"), app.Job("goeson"));
        await client.PushAsync(client.Put("todos", "quiet", """{"mine":1}"""));
        await job.PutAsync(Enumerable.Range(0, Rows).Select(n => job.Row("todos", $"k{n:D3}", null, ("d:n", $"{n}"))));
        long between;
        using (var reads = app.Gates.Store.Gate(nameof(IRecordStore.ReadAsync), when: keys => ((IReadOnlyCollection<string>)keys).Count == Rows - 10, atMost: 1))
        {
            var scanning = app.ScanAsync();
            var read = await reads.NextAsync();
            between = (await client.SnapshotAsync("limit=1000")).Number("head");
            await job.PutAsync([job.Row("todos", "k077", null, ("d:n", "-77"))]);
            read.Continue();
            await scanning;
        }

        await app.ScanAsync();

        var record = (await client.SnapshotAsync("limit=1000")).Json.GetProperty("records").EnumerateArray().Single(record => record.GetProperty("key").GetString() == "k077");
        Assert.Equal(-77, record.GetProperty("value").GetProperty("n").GetInt32());
        Assert.True(record.GetProperty("rev").GetInt64() > between);
    }

    [Fact]
    public async Task Scan_TwoInstancesAtOnce_SnapshotHasAllAndNothingIsLeftToTake()
    {
        await using var app = await ScanApp.StartAsync(azurite, settings: Few);
        await using var other = await ScanApp.StartAsync(azurite, settings: Few, beside: app);
        var (client, job) = (app.Client("twice"), app.Job("twice"));
        client.ClockOffMs = -60_000;
        await client.PushAsync([.. Enumerable.Range(0, Rows).Select(n => client.Put("todos", $"k{n:D3}", $$"""{"n":{{n}}}"""))]);
        var before = (await client.SnapshotAsync("limit=1000")).Number("head");
        await job.PutAsync(Enumerable.Range(0, Rows).Select(n => job.Row("todos", $"k{n:D3}", null, ("d:n", $"{-1 - n}"))));

        await Task.WhenAll(app.ScanAsync(), other.ScanAsync());
        await app.ScanAsync();

        var records = (await client.SnapshotAsync("limit=1000")).Json.GetProperty("records").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, Rows).Select(n => -1 - n), records.Select(record => record.GetProperty("value").GetProperty("n").GetInt32()));
        Assert.All(records, record => Assert.True(record.GetProperty("rev").GetInt64() > before));
        Assert.Equal(0, (await other.ScanAsync()).Taken);
    }
}
