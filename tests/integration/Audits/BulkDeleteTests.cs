using MyriadSync.ChangeLog;
using MyriadSync.IntegrationTests.Scans;
using MyriadSync.Myriad;
using MyriadSync.Orchestration.Audits;

namespace MyriadSync.IntegrationTests.Audits;

/// <summary>A job deletes, or changes unseen by any scan, more rows than the log is to hold: the audit that finds it gives the dataset a new epoch, whose snapshot has what is left.</summary>
public sealed class BulkDeleteTests(SharedAzurite azurite)
{
    private const string Dataset = "bulk";
    private const int Rows = 120;

    /// <summary>Of each block, these go into the log.</summary>
    private const int Committed = 10;

    private static readonly Dictionary<string, string> Few = new() { ["Myriad:Scan:BulkRows"] = "50" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="auditedBefore">An audit has seen the records alive; else only the log knows that they were.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Audit_JobDeletedMoreRowsThanTheLogIsToHold_OpensANewEpochWithoutThem(bool auditedBefore)
    {
        await using var app = await ScanApp.StartAsync(azurite, settings: Few);
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        await FillAsync(client, Rows);
        await client.PushAsync(client.Put("todos", "quiet", """{"mine":1}"""));
        if (auditedBefore)
            await app.AuditAsync();
        var before = await client.PullAsync();
        await DeleteAsync(job, Rows);

        var (first, second) = (await app.AuditAsync(), await app.AuditAsync());
        var gone = await client.PullAsync(before.Text("cursor"));
        var snapshot = await client.SnapshotAsync("limit=1000");
        var head = (await client.DatasetAsync()).Number("head");
        var edit = await client.PushAsync(client.Patch("todos", Key(77), """{"set":{"/mine":true}}""", on: 78));

        Assert.Equal(((long)Rows, 0L, 0L), (first.Gone, first.Changed, first.Deferred));
        Assert.Equal((0L, 0L), (second.Gone, second.Changed));
        Assert.Equal(410, gone.Status);
        Assert.StartsWith("quiet", Assert.Single(snapshot.Records), StringComparison.Ordinal);
        Assert.Equal(Rows + 1 + Committed, head);
        Assert.NotEqual("applied", edit.Results[0].GetProperty("outcome").GetString());
        Assert.All(await Task.WhenAll(Enumerable.Range(100, 20).Select(n => job.ReadAsync("todos", Key(n)))), row => Assert.Equal("1", row["m:deleted"].Value));
        Assert.Equal(0, (await app.ScanAsync()).Taken);
    }

    [Fact]
    public async Task Audit_JobChangedMoreRowsThanTheLogIsToHoldUnseen_OpensANewEpochWithTheChanges()
    {
        await using var app = await ScanApp.StartAsync(azurite, settings: Few);
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        client.ClockOffMs = -60_000;
        await FillAsync(client, Rows);
        await app.ScanAsync();
        var before = await client.PullAsync();
        await job.PutAsync(Enumerable.Range(0, Rows).Select(n => job.Row("todos", Key(n), 1000, ("d:note", $"{n}"))));

        var (first, second) = (await app.AuditAsync(), await app.AuditAsync());
        var snapshot = await client.SnapshotAsync("limit=1000");

        Assert.Equal(((long)Rows, 0L, 0L), (first.Changed, first.Gone, second.Changed));
        Assert.Equal(410, (await client.PullAsync(before.Text("cursor"))).Status);
        Assert.All(
            snapshot.Json.GetProperty("records").EnumerateArray().Select((record, n) => (record, n)),
            pair => Assert.Equal($$"""{"n":{{pair.n}},"note":{{pair.n}}}""", pair.record.GetProperty("value").GetRawText()));
        Assert.Equal(Rows + Committed, (await client.DatasetAsync()).Number("head"));
    }

    [Fact]
    public async Task Audit_BreaksOffWhileRowsAreNoted_NextOneOpensTheEpoch()
    {
        await using var app = await ScanApp.StartAsync(azurite, settings: Few);
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        await FillAsync(client, Rows);
        await app.AuditAsync();
        var before = await client.PullAsync();
        await DeleteAsync(job, Rows);
        using (var notes = app.Gates.Store.Gate(nameof(IRecordStore.WriteAsync), CallSide.After, puts => ((IReadOnlyList<RowPut>)puts).Count == Rows - Committed, atMost: 1))
        {
            var auditing = app.AuditAsync();
            (await notes.NextAsync()).Fail(new IOException("The process dies."));
            await Assert.ThrowsAsync<IOException>(() => auditing);
        }

        var between = await client.PullAsync(before.Text("cursor"));
        var ended = await app.GoOnAsync();

        Assert.Equal(200, between.Status);
        Assert.Equal(AuditPhase.Idle, ended.Phase);
        Assert.Equal(410, (await client.PullAsync(before.Text("cursor"))).Status);
        Assert.Empty((await client.SnapshotAsync("limit=1000")).Records);
        Assert.Empty((await app.Gates.Services.Get<IAuditLedger>().ReadAsync(app.Table, Cancel)).Loading);
    }

    /// <summary>No page of the audit has too many; together they do.</summary>
    [Fact]
    public async Task Audit_DeletionsOfSeveralPagesAreTooMany_LogHoldsTheFirstOnesOnly()
    {
        const int More = RowSweep.PageRows + 200;
        await using var app = await ScanApp.StartAsync(azurite, settings: new Dictionary<string, string> { ["Myriad:Scan:BulkRows"] = $"{RowSweep.PageRows + 100}" });
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        await FillAsync(client, More);
        await app.AuditAsync();
        await DeleteAsync(job, More);

        var audit = await app.AuditAsync();

        Assert.Equal((long)More, audit.Gone);
        Assert.Equal(More + RowSweep.PageRows + Committed, (await client.DatasetAsync()).Number("head"));
        Assert.Empty((await client.SnapshotAsync("limit=1000")).Records);
    }

    private static string Key(int n) => $"k{n:D4}";

    private static async Task FillAsync(DatasetClient client, int count)
    {
        foreach (var part in Enumerable.Range(0, count).Chunk(600))
            await client.PushAsync([.. part.Select(n => client.Put("todos", Key(n), $$"""{"n":{{n}}}"""))]);
    }

    private static Task DeleteAsync(RestJob job, int count) => Parallel.ForEachAsync(Enumerable.Range(0, count), Cancel, async (n, _) => await job.DeleteAsync("todos", Key(n)));
}
