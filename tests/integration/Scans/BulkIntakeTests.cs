using System.Security.Cryptography;
using System.Text.Json;
using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Scans;

/// <summary>Which rows of a bulk load are noted, which go into the log, and which wait.</summary>
public sealed class BulkIntakeTests(SharedAzurite azurite)
{
    private const int Rows = 120;

    private static readonly Dictionary<string, string> Few = new() { ["Myriad:Scan:BulkRows"] = "50" };

    private static string Key(int n) => $"k{n:D3}";

    /// <summary>Rows of an older schema version, whose migration changes the value.</summary>
    [Fact]
    public async Task Scan_RowsOfAnOlderSchemaVersion_AreTakenOverAtOnce()
    {
        using var older = new TemporaryFolder();
        using var newer = new TemporaryFolder();
        var settings1 = new Dictionary<string, string>(Few) { [StoreFolder.Setting] = StoreFolder.Write(older, ("notes", """{"store":"notes"}""")) };
        var settings2 = new Dictionary<string, string>(Few)
        {
            [StoreFolder.Setting] = StoreFolder.Write(newer, ("notes", """{"store":"notes","migrations":[{"to":2,"steps":[{"add":"/stars","value":0}]}]}""")),
            ["Stores:SchemaVersion"] = "2",
        };
        await using var before = await ScanApp.StartAsync(azurite, settings: settings1);
        var (client, job) = (before.Client("lifted"), before.Job("lifted"));
        client.ClockOffMs = -10_000;
        Assert.Equal(200, (await client.PushAsync([.. Enumerable.Range(0, Rows).Select(n => client.Put("notes", Key(n), $$"""{"n":{{n}}}"""))])).Status);
        await using var app = await ScanApp.StartAsync(azurite, settings: settings2, beside: before);
        await job.PutAsync(Enumerable.Range(0, Rows).Select(n => job.Row("notes", Key(n), null, ("d:n", $"{-n - 1}"))));

        var first = await app.ScanAsync();
        var second = await app.ScanAsync();

        Assert.Equal((Rows, 0, 0, 0), (first.Taken, first.Deferred, second.Taken, second.Deferred));
    }

    /// <summary>Another instance has committed to a record of the load since this one last read the log.</summary>
    [Fact]
    public async Task Scan_AnotherInstanceHasCommittedSince_TakesAllAtOnce()
    {
        await using var app = await ScanApp.StartAsync(azurite, settings: Few);
        await using var beside = await ScanApp.StartAsync(azurite, settings: Few, beside: app);
        var (client, other, job) = (app.Client("stale"), beside.Client("stale", "c2"), app.Job("stale"));
        (client.ClockOffMs, other.ClockOffMs) = (-10_000, -10_000);
        await client.PushAsync([.. Enumerable.Range(0, Rows).Select(n => client.Put("todos", Key(n), $$"""{"n":{{n}}}"""))]);
        Assert.Equal("applied", (await other.PushAsync(other.Patch("todos", Key(50), """{"set":{"/m":1}}""", on: 51))).BatchStatus);
        await job.PutAsync(Enumerable.Range(0, Rows).Select(n => job.Row("todos", Key(n), null, ("d:n", $"{-n - 1}"))));

        var (first, second) = (await app.ScanAsync(), await app.ScanAsync());

        Assert.Equal((Rows, 0, 0, 0), (first.Taken, first.Deferred, second.Taken, second.Deferred));
    }

    /// <summary>The same by an audit: what it leaves waits for a day.</summary>
    [Fact]
    public async Task Audit_AnotherInstanceHasCommittedSince_TakesAllAtOnce()
    {
        await using var app = await ScanApp.StartAsync(azurite, settings: Few);
        await using var beside = await ScanApp.StartAsync(azurite, settings: Few, beside: app);
        var (client, other, job) = (app.Client("staleaudit"), beside.Client("staleaudit", "c2"), app.Job("staleaudit"));
        (client.ClockOffMs, other.ClockOffMs) = (-60_000, -60_000);
        await client.PushAsync([.. Enumerable.Range(0, Rows).Select(n => client.Put("todos", Key(n), $$"""{"n":{{n}}}"""))]);
        Assert.Equal("applied", (await other.PushAsync(other.Patch("todos", Key(50), """{"set":{"/m":1}}""", on: 51))).BatchStatus);
        await job.PutAsync(Enumerable.Range(0, Rows).Select(n => job.Row("todos", Key(n), 1000, ("d:note", $"{n}"))));

        var audit = await app.AuditAsync();

        Assert.Equal(((long)Rows, 0L), (audit.Changed, audit.Deferred));
    }

    [Fact]
    public async Task Scan_RowsFromTheFuture_OperatorsAreTold()
    {
        await using var app = await ScanApp.StartAsync(azurite, settings: Few);
        var (client, job) = (app.Client("futuretold"), app.Job("futuretold"));
        await client.PushAsync(client.Put("todos", "quiet", """{"mine":1}"""));
        var later = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 3_600_000;
        await job.PutAsync(Enumerable.Range(0, Rows).Select(n => job.Row("todos", Key(n), later, ("d:n", $"{n}"))));
        await app.ScanAsync();
        await app.ScanAsync();

        await Eventually.TrueAsync("operators know of it", async () => (await client.GetAsync("/poison")).Json.GetProperty("entries").GetArrayLength() > 0, TimeSpan.FromSeconds(15));
    }

    /// <summary>A snapshot of the commit shows what the job wrote in between, and took back before the rows were read again.</summary>
    [Fact]
    public async Task Scan_JobWritesAndTakesItBackMeanwhile_RevIsAboveTheSnapshotInBetween()
    {
        await using var app = await ScanApp.StartAsync(azurite, settings: Few);
        var (client, job) = (app.Client("aba"), app.Job("aba"));
        client.ClockOffMs = -10_000;
        await client.PushAsync([.. Enumerable.Range(0, Rows).Select(n => client.Put("todos", Key(n), $$"""{"n":{{n}}}"""))]);
        await job.PutAsync(Enumerable.Range(0, Rows).Select(n => job.Row("todos", Key(n), null, ("d:n", $"{1000 + n}"))));
        DatasetReply between;
        using (var reads = app.Gates.Store.Gate(nameof(IRecordStore.ReadAsync), when: keys => ((IReadOnlyCollection<string>)keys).Count == Rows - 10, atMost: 1))
        {
            var scanning = app.ScanAsync();
            var read = await reads.NextAsync();
            await job.PutAsync([job.Row("todos", Key(77), null, ("d:n", "-77"))]);
            between = await client.SnapshotAsync("limit=1000");
            await job.PutAsync([job.Row("todos", Key(77), null, ("d:n", "1077"))]);
            read.Continue();
            await scanning;
        }

        await app.ScanAsync();

        Assert.Equal(-77, Of(between, 77).GetProperty("value").GetProperty("n").GetInt32());
        var record = Of(await client.SnapshotAsync("limit=1000"), 77);
        Assert.Equal(1077, record.GetProperty("value").GetProperty("n").GetInt32());
        Assert.True(record.GetProperty("rev").GetInt64() > between.Number("head"), $"rev {record.GetProperty("rev")}, head {between.Number("head")}");
    }

    /// <summary>The job loses: a snapshot of the commit shows its write, and the note takes it back.</summary>
    [Fact]
    public async Task Scan_JobLoses_RevIsAboveTheSnapshotThatShowsItsWrite()
    {
        await using var app = await ScanApp.StartAsync(azurite, settings: Few);
        var (client, job) = (app.Client("loses"), app.Job("loses"));
        client.ClockOffMs = 40_000;
        await client.PushAsync([.. Enumerable.Range(0, Rows).Select(n => client.Put("todos", Key(n), $$"""{"n":{{n}}}"""))]);
        await job.PutAsync(Enumerable.Range(0, Rows).Select(n => job.Row("todos", Key(n), null, ("d:n", $"{1000 + n}"))));
        DatasetReply between;
        using (var reads = app.Gates.Store.Gate(nameof(IRecordStore.WriteAsync), atMost: 1))
        {
            var scanning = app.ScanAsync();
            var read = await reads.NextAsync();
            between = await client.SnapshotAsync("limit=1000");
            read.Continue();
            await scanning;
        }

        await app.ScanAsync();

        var shown = Of(between, 77).GetProperty("value").GetProperty("n").GetInt32();
        var record = Of(await client.SnapshotAsync("limit=1000"), 77);
        Assert.Equal(77, record.GetProperty("value").GetProperty("n").GetInt32());

        // What it comes to: a client that saw 1077 and counts on it goes over 77 as if it had seen it.
        using var other = new DatasetClient(app.Gates.Stack, "loses", "c2") { ClockOffMs = 30_000 };
        var edit = await other.PushAsync(other.Put("todos", Key(77), """{"n":1078}""", on: between.Number("head")));
        Assert.True(shown == 77 || record.GetProperty("rev").GetInt64() > between.Number("head"), $"rev {record.GetProperty("rev")}, head {between.Number("head")}, edit {edit.Outcomes[0]}");
    }

    /// <summary>Ten rows whose entries no segment holds: they can never be taken.</summary>
    [Fact]
    public async Task Scan_FirstRowsAreTooLargeForTheLog_OthersAreTakenOver()
    {
        await using var app = await ScanApp.StartAsync(azurite, settings: Few);
        var (client, job) = (app.Client("large"), app.Job("large"));
        await client.PushAsync(client.Put("todos", "quiet", """{"mine":1}"""));
        for (var n = 0; n < 10; n++)
        {
            await job.PutAsync("todos", Key(n), ("d:n", $"\"{Convert.ToBase64String(RandomNumberGenerator.GetBytes(1_400_000))}\""));
        }

        await job.PutAsync(Enumerable.Range(10, Rows - 10).Select(n => job.Row("todos", Key(n), null, ("d:n", $"{n}"))));
        var reports = new[] { await app.ScanAsync(), await app.ScanAsync(), await app.ScanAsync() };

        Assert.Equal(Rows - 10, reports.Sum(report => report.Taken));
        Assert.Equal(0, reports[^1].Deferred);
    }

    /// <summary>A job whose clock is an hour ahead.</summary>
    [Fact]
    public async Task Scan_RowsFromTheFuture_EpochStays()
    {
        await using var app = await ScanApp.StartAsync(azurite, settings: Few);
        var (client, job) = (app.Client("futures"), app.Job("futures"));
        await client.PushAsync(client.Put("todos", "quiet", """{"mine":1}"""));
        var later = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 3_600_000;
        await job.PutAsync(Enumerable.Range(0, Rows).Select(n => job.Row("todos", Key(n), later, ("d:n", $"{n}"))));

        var epochs = new List<string> { (await client.DatasetAsync()).Text("epoch") };
        for (var i = 0; i < 3; i++)
        {
            await app.ScanAsync();
            epochs.Add((await client.DatasetAsync()).Text("epoch"));
        }

        Assert.Single(epochs.Distinct());
    }

    /// <summary>A nightly job writes what was there.</summary>
    [Fact]
    public async Task Scan_RowsSayNothingNew_EpochStays()
    {
        await using var app = await ScanApp.StartAsync(azurite, settings: Few);
        var (client, job) = (app.Client("nightly"), app.Job("nightly"));
        client.ClockOffMs = -10_000;
        await client.PushAsync([.. Enumerable.Range(0, Rows).Select(n => client.Put("todos", Key(n), $$"""{"n":{{n}}}"""))]);
        await job.PutAsync(Enumerable.Range(0, Rows).Select(n => job.Row("todos", Key(n), null, ("d:n", $"{n}"))));
        var before = (await client.DatasetAsync()).Text("epoch");
        var report = await app.ScanAsync();

        Assert.Equal((0, before), (report.Taken, (await client.DatasetAsync()).Text("epoch")));
    }

    /// <summary>One instance ends a load while another notes more rows for it, and dies.</summary>
    [Fact]
    public async Task Scan_AnotherInstanceEndsTheLoadAndThisOneDies_NothingIsLeftOut()
    {
        await using var app = await ScanApp.StartAsync(azurite, settings: Few);
        await using var beside = await ScanApp.StartAsync(azurite, settings: Few, beside: app);
        var (client, job) = (app.Client("twins"), app.Job("twins"));
        await client.PushAsync(client.Put("todos", "quiet", """{"mine":1}"""));
        await job.PutAsync(Enumerable.Range(0, Rows).Select(n => job.Row("todos", Key(n), null, ("d:n", $"{n}"))));
        string cursor;
        List<string> seen;
        using (var ones = app.Gates.Store.Gate(nameof(IRecordStore.WriteAsync), CallSide.After, puts => ((IReadOnlyList<RowPut>)puts).Count == Rows - 10, atMost: 1))
        using (var twos = beside.Gates.Store.Gate(nameof(IRecordStore.WriteAsync), CallSide.Before, puts => ((IReadOnlyList<RowPut>)puts).Count == 51, atMost: 1))
        using (var ends = beside.Gates.Store.Gate(nameof(IRecordStore.WriteAsync), CallSide.After, puts => ((IReadOnlyList<RowPut>)puts).Count == 51, atMost: 1))
        {
            var one = app.ScanAsync();
            var oneNotes = await ones.NextAsync();
            await job.PutAsync(Enumerable.Range(200, 61).Select(n => job.Row("todos", Key(n), null, ("d:n", $"{n}"))));
            var two = beside.ScanAsync();
            var twoNotes = await twos.NextAsync();
            oneNotes.Continue();
            await one;
            var snapshot = await client.SnapshotAsync("limit=1000");
            (cursor, seen) = (snapshot.Text("cursor"), [.. snapshot.Json.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("key").GetString()!)]);
            twoNotes.Continue();
            (await ends.NextAsync()).Fail(new IOException("The process dies."));
            await Assert.ThrowsAsync<IOException>(() => two);
        }

        await app.ScanAsync();
        await app.ScanAsync();
        await app.AuditAsync();

        var pull = await client.PullAsync(cursor);
        var pulled = pull.Status == 200 ? (await client.PullAllAsync(cursor)).Select(entry => entry.GetProperty("key").GetString()!) : [];
        Assert.True(pull.Status == 410 || seen.Union(pulled).Count() == Rows + 61 + 1, $"pull {pull.Status}: the client has {seen.Union(pulled).Count()} records of {Rows + 61 + 1}, and is told of no more");
    }

    private static JsonElement Of(DatasetReply snapshot, int n) =>
        snapshot.Json.GetProperty("records").EnumerateArray().Single(record => record.GetProperty("key").GetString() == Key(n));
}
