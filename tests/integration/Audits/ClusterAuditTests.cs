using MyriadSync.ChangeLog;
using MyriadSync.IntegrationTests.Scans;
using MyriadSync.Myriad;
using MyriadSync.Orchestration;
using MyriadSync.Orchestration.Audits;
using MyriadSync.Orchestration.Scans;

namespace MyriadSync.IntegrationTests.Audits;

/// <summary>What audits find, what they leave alone, and how they go on.</summary>
public sealed class ClusterAuditTests(SharedAzurite azurite)
{
    private const string Dataset = "audited";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Audit_NothingHappened_FindsNothing()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var client = app.Client(Dataset);
        await client.PushAsync(client.Put("todos", "a", """{"title":"a"}"""), client.Put("todos", "b", """{"due":1,"title":"b"}"""), client.Put("todos", "c", "{}"));
        await client.PushAsync(client.Delete("todos", "a", on: 1), client.Patch("todos", "b", """{"unset":["/due"]}""", on: 2));

        var (first, second) = (await app.AuditAsync(), await app.AuditAsync());
        await client.PushAsync(client.Delete("todos", "b", on: 5));
        var third = await app.AuditAsync();

        Assert.All(new[] { first, second, third }, audit => Assert.Equal((AuditPhase.Idle, 0L, 0L, 0L), (audit.Phase, audit.Changed, audit.Gone, audit.Deferred)));
        Assert.Equal(6, (await client.DatasetAsync()).Number("head"));
    }

    [Fact]
    public async Task Audit_JobWroteACellOlderThanScansLookBack_TakesItOnce()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        client.ClockOffMs = -60_000;
        await client.PushAsync(client.Put("todos", "k", """{"title":"t"}"""));
        await app.ScanAsync();
        await job.PutAsync("todos", "k", 1000, ("d:note", "\"old\""));

        var scan = await app.ScanAsync();
        var (first, second) = (await app.AuditAsync(), await app.AuditAsync());

        Assert.Equal(0, scan.Taken);
        Assert.Equal((1L, 0L, 0L), (first.Changed, first.Gone, second.Changed));
        Assert.Equal("""{"note":"old","title":"t"}""", (await client.PullAllAsync())[^1].GetProperty("value").GetRawText());
    }

    /// <summary>The record has a later edit, by a client whose clock is ahead: the job's cell goes, or the row would be found again by every audit.</summary>
    [Theory]
    [InlineData("last-write-wins")]
    [InlineData("field-merge")]
    public async Task Audit_JobsOldCellLosesByThePolicy_IsGoneFromTheClusterAndSeenOnce(string policy)
    {
        using var folder = new TemporaryFolder();
        var stores = StoreFolder.Write(folder, ("notes", $$"""{ "store": "notes", "policy": "{{policy}}" }"""));
        await using var app = await ScanApp.StartAsync(azurite, settings: new Dictionary<string, string> { [StoreFolder.Setting] = stores });
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        client.ClockOffMs = 50_000;
        await client.PushAsync(client.Put("notes", "k", """{"title":"t"}"""));
        await job.PutAsync("notes", "k", 1000, ("d:note", "\"old\""));

        var (first, second) = (await app.AuditAsync(), await app.AuditAsync());

        Assert.Equal((1L, 0L), (first.Changed, second.Changed));
        Assert.Equal("d:title=\"t\"", await job.FieldsAsync("notes", "k"));
        Assert.Equal("""{"title":"t"}""", (await client.PullAllAsync())[^1].GetProperty("value").GetRawText());
    }

    /// <param name="target">What the job deletes of the row.</param>
    [Theory]
    [InlineData("d")]
    [InlineData("d:title")]
    public async Task Audit_JobDeletedTheFields_DeletesTheRecord(string target)
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        await client.PushAsync(client.Put("todos", "k", """{"title":"t"}"""));
        await app.AuditAsync();
        await job.DeleteAsync("todos", "k", target);

        var (first, second) = (await app.AuditAsync(), await app.AuditAsync());

        Assert.Equal((1L, 0L, 0L), (first.Changed, first.Gone, second.Changed));
        Assert.Equal("delete", (await client.PullAllAsync())[^1].GetProperty("op").GetString());
    }

    /// <summary>Before its cells are put, and when they are and what it deletes is still there.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Audit_OwnDeleteIsOnItsWay_SeesNoJobsWork(bool half)
    {
        await using var x = await ScanApp.StartAsync(azurite);
        await using var y = await ScanApp.StartAsync(azurite, beside: x);
        var (client, job) = (x.Client(Dataset), x.Job(Dataset));
        await client.PushAsync(client.Put("todos", "k", """{"title":"t"}"""));
        await x.AuditAsync();
        using var writes = x.Gates.Store.Gate(nameof(IRecordStore.WriteAsync), when: puts => ((IReadOnlyList<RowPut>)puts).Any(put => put.Key.StartsWith(Dataset, StringComparison.Ordinal)), atMost: 1);

        await client.SendAsync(client.Batch([client.Delete("todos", "k", on: 1)]), "wait=0");
        var write = await writes.NextAsync();
        if (half)
            Assert.Equal(StoreFault.None, (await x.Gates.Services.Get<IRecordStore>().WriteAsync(x.Table, (IReadOnlyList<RowPut>)write.Argument, [], Cancel)).Fault);
        var (same, other) = (await x.AuditAsync(), await y.AuditAsync());
        write.Continue();
        await write.Done;
        await Eventually.TrueAsync("the delete is on the cluster", async () => (await client.DatasetAsync()).Number("applied") == 2, TimeSpan.FromSeconds(60));
        var after = await y.AuditAsync();

        Assert.Equal((0L, 0L, 0L), (same.Changed + same.Gone, other.Changed + other.Gone, after.Changed + after.Gone));
        Assert.Equal(2, (await client.DatasetAsync()).Number("head"));
        Assert.Equal("", await job.FieldsAsync("todos", "k"));
    }

    /// <summary>The log is ahead with an edit of a record whose row a job has deleted: the edit makes it anew.</summary>
    [Fact]
    public async Task Audit_RowIsGoneAndAnEditIsOnItsWay_LeavesItToTheEdit()
    {
        await using var x = await ScanApp.StartAsync(azurite);
        await using var y = await ScanApp.StartAsync(azurite, beside: x);
        var (client, job) = (x.Client(Dataset), x.Job(Dataset));
        await client.PushAsync(client.Put("todos", "k", """{"title":"t"}"""));
        await x.AuditAsync();
        using var writes = x.Gates.Store.Gate(nameof(IRecordStore.WriteAsync), when: puts => ((IReadOnlyList<RowPut>)puts).Any(put => put.Key.StartsWith(Dataset, StringComparison.Ordinal)), atMost: 1);

        await client.SendAsync(client.Batch([client.Put("todos", "k", """{"title":"new"}""", on: 1)]), "wait=0");
        var write = await writes.NextAsync();
        await job.DeleteAsync("todos", "k");
        var under = await y.AuditAsync();
        write.Continue();
        await write.Done;

        Assert.Equal((0L, 1L), (under.Gone, under.Deferred));
        Assert.Equal(2, (await client.DatasetAsync()).Number("head"));
    }

    [Fact]
    public async Task Audit_StoppedHalfWay_AnotherInstanceGoesOnFromThere()
    {
        const int Records = RowSweep.PageRows + 300;
        await using var x = await ScanApp.StartAsync(azurite);
        await using var y = await ScanApp.StartAsync(azurite, beside: x);
        var (client, job) = (x.Client(Dataset), x.Job(Dataset));
        foreach (var part in Enumerable.Range(0, Records).Chunk(500))
            await client.PushAsync([.. part.Select(i => client.Put("todos", $"k{i:D4}", """{"title":"t"}"""))]);
        var before = await x.AuditAsync();
        await job.DeleteAsync("todos", "k0007");
        await job.DeleteAsync("todos", $"k{Records - 1:D4}");
        using var scans = x.Gates.Store.Gate(nameof(IRecordStore.ScanAsync), when: start => ((string)start).StartsWith(Dataset, StringComparison.Ordinal), atMost: 1);
        var starts = new List<string>();
        using var seen = y.Gates.Store.Gate(nameof(IRecordStore.ScanAsync), when: start => Note(starts, (string)start));

        var auditing = x.AuditAsync();
        (await scans.NextAsync()).Fail(new InvalidOperationException("The process is gone."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => auditing);
        var half = (await y.Gates.Services.Get<ClusterAudit>().ReadAsync(Cancel)).Single(mark => mark.Table == y.Table);
        var whole = await y.GoOnAsync();
        var lookedAt = starts.ToList();
        var after = await y.AuditAsync();

        Assert.Equal((AuditPhase.Idle, 0L, 0L), (before.Phase, before.Changed, before.Gone));
        Assert.Equal((AuditPhase.Rows, 1L), (half.Phase, half.Gone));
        Assert.Equal((AuditPhase.Idle, 2L, 0L), (whole.Phase, whole.Gone, whole.Changed));
        Assert.NotEmpty(lookedAt);
        Assert.DoesNotContain("", lookedAt);
        Assert.Equal(before.Rows - 2, whole.Rows);
        Assert.Equal((0L, 0L), (after.Gone, after.Changed));
        Assert.Equal(["k0007", "k1299"], (await client.PullAllAsync()).Where(entry => entry.GetProperty("op").GetString() == "delete").Select(entry => entry.GetProperty("key").GetString()).Order());
    }

    /// <summary>The deletion counts as made when the audit misses the row; the edit is later, by a client whose clock is ahead.</summary>
    [Theory]
    [InlineData("last-write-wins")]
    [InlineData("field-merge")]
    public async Task Audit_JobsDeletionLosesByThePolicy_RecordIsBackOnTheClusterWholeAndSeenOnce(string policy)
    {
        using var folder = new TemporaryFolder();
        var stores = StoreFolder.Write(folder, ("notes", $$"""{ "store": "notes", "policy": "{{policy}}" }"""));
        await using var app = await ScanApp.StartAsync(azurite, settings: new Dictionary<string, string> { [StoreFolder.Setting] = stores });
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        client.ClockOffMs = 50_000;
        await client.PushAsync(client.Put("notes", "k", """{"due":1,"title":"t"}"""));
        await client.PushAsync(client.Patch("notes", "k", """{"set":{"/title":"u"}}""", on: 1));
        await job.DeleteAsync("notes", "k");

        var (first, second) = (await app.AuditAsync(), await app.AuditAsync());

        var entry = Assert.Single(await client.PullAllAsync(), entry => entry.GetProperty("rev").GetInt64() > 2);
        Assert.Equal((1L, 0L), (first.Gone, second.Gone + second.Changed));
        Assert.Equal(("restore", """{"due":1,"title":"u"}"""), (entry.GetProperty("cause").GetString(), entry.GetProperty("value").GetRawText()));
        Assert.Equal("d:due=1 d:title=\"u\"", await job.FieldsAsync("notes", "k"));
        Assert.Equal(0, (await app.ScanAsync()).Taken);
    }

    /// <summary>Under a delete of the future nothing can be noted: the row is missed until its time has come, and not forgotten.</summary>
    [Fact]
    public async Task Audit_JobDeletedTheRowInTheFuture_IsTakenWhenItsTimeHasCome()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        await client.PushAsync(client.Put("todos", "k", """{"title":"t"}"""));
        await app.AuditAsync();
        var then = app.Gates.Services.Get<ClusterClock>().NowMs + 6000;
        await job.DeleteAsync("todos", "k", $"d,m/{then}");

        var before = await app.AuditAsync();
        await app.ReachAsync(then + 1);
        var (after, last) = (await app.AuditAsync(), await app.AuditAsync());

        Assert.Equal(1, before.Gone + before.Deferred);
        Assert.Equal((1L, 0L), (before.Gone + after.Gone, last.Gone));
        Assert.Equal("delete", (await client.PullAllAsync())[^1].GetProperty("op").GetString());
    }

    /// <summary>Two ranges that have become small are one; what was in either is still missed.</summary>
    [Fact]
    public async Task Audit_RangesHaveBecomeSmall_AreOneAndNothingOfThemIsForgotten()
    {
        const int Records = RowSweep.PageRows + 200;
        const int Left = 100;
        await using var app = await ScanApp.StartAsync(azurite);
        var (client, job, ledger) = (app.Client(Dataset), app.Job(Dataset), app.Gates.Services.Get<IAuditLedger>());
        foreach (var part in Enumerable.Range(0, Records).Chunk(600))
            await client.PushAsync([.. part.Select(i => client.Put("todos", $"k{i:D4}", """{"title":"t"}"""))]);
        await app.AuditAsync();
        var divided = (await ledger.ReadPageAsync(app.Table, "", Cancel))!;
        await client.PushAsync([.. Enumerable.Range(Left, RowSweep.PageRows - Left).Select(i => client.Delete("todos", $"k{i:D4}", on: i + 1))]);
        await app.AuditAsync();
        await job.DeleteAsync("todos", "k0007");
        await job.DeleteAsync("todos", $"k{Records - 1:D4}");

        var joining = await app.AuditAsync();

        var joined = (await ledger.ReadPageAsync(app.Table, "", Cancel))!;
        Assert.NotEqual("", divided.End);
        Assert.Equal((2L, 0L), (joining.Gone, joining.Changed));
        Assert.Equal(("", Records - RowSweep.PageRows + Left - 2), (joined.End, joined.Count));
        Assert.Null(await ledger.ReadPageAsync(app.Table, divided.End, Cancel));
        Assert.Equal(0, (await app.AuditAsync()).Gone);
    }

    [Fact]
    public async Task Audit_ScanHasTheTable_WaitsForIt()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var audit = app.Gates.Services.Get<ClusterAudit>();
        await audit.BeginAsync(Cancel);
        await using (await app.Gates.Services.Get<IApplierLease>().TryAcquireAsync(ScanLease.Of(app.Table), Cancel))
        {
            var kept = await audit.ContinueAsync(app.Table, TimeSpan.FromSeconds(1), Cancel);

            Assert.Equal((AuditPhase.Log, 0L), (kept.Phase, kept.Rows));
        }

        Assert.Equal(AuditPhase.Idle, (await app.GoOnAsync()).Phase);
    }

    private static bool Note(List<string> starts, string start)
    {
        starts.Add(start);
        return false;
    }
}
