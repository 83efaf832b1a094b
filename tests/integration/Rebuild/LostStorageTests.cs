using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.ChangeLog;
using MyriadSync.IntegrationTests.Scans;
using MyriadSync.MyriadEmulator.Faults;

namespace MyriadSync.IntegrationTests.Rebuild;

/// <summary>The storage account has nothing left, and the cluster has everything: the log begins anew over it.</summary>
public sealed class LostStorageTests(SharedAzurite azurite)
{
    private const string Dataset = "lost";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rebuild_NothingIsLeft_CountsNothingTwiceAndHidesNothing()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var (first, second, job) = (app.Client(Dataset), app.Client(Dataset, "c2"), app.Job(Dataset));
        await first.PushAsync(first.Put("todos", "counter", """{"n":1}"""), first.Put("todos", "dead", """{"n":1}"""), first.Put("todos", "other", """{"n":1}"""));
        await MoveAheadAsync(app.Gates.Tables());
        var increments = first.Batch([first.Patch("todos", "counter", """{"inc":{"/n":10}}""", on: 1), first.Delete("todos", "dead", on: 2)]);
        var beginner = second.Batch([second.Patch("todos", "counter", """{"inc":{"/n":100}}""", on: 4)]);
        await first.SendAsync(increments);
        await second.SendAsync(beginner);
        var truth = await first.SnapshotAsync();

        var rebuilt = await RebuildRun.RestoreAsync(app.Gates, TableCopy.Empty);
        var (again, againBeginner) = (await first.SendAsync(increments), await second.SendAsync(beginner));
        var anew = app.Client(Dataset, "c3");
        var edits = await anew.PushAsync(anew.Patch("todos", "counter", """{"inc":{"/n":1000}}""", on: 6), anew.Put("todos", "dead", """{"n":2}""", on: 5));

        var log = Assert.Single(rebuilt.Datasets);
        Assert.Equal((null, 0L, 6L, 3L, 0L), (log.OldEpoch, log.OldSeq, log.HighestRev, log.Rows, log.Differing));
        Assert.Equal((409, "client-unknown"), (again.Status, again.Problem));
        Assert.Equal((409, "client-unknown"), (againBeginner.Status, againBeginner.Problem));
        Assert.Equal(["\"counter\"", "\"other\""], truth.Records.Select(record => "\"" + record.Split(' ')[0] + "\""));
        Assert.Equal("applied", edits.BatchStatus);
        Assert.Equal("d:n=1111", await job.FieldsAsync("todos", "counter"));
        Assert.Equal("d:n=2", await job.FieldsAsync("todos", "dead"));
    }

    [Fact]
    public async Task Rebuild_LostTwice_GivesNoRevisionOutTwice()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var (first, second) = (app.Client(Dataset), app.Client(Dataset, "c2"));
        await first.PushAsync(first.Put("todos", "k", """{"n":1}"""));
        var once = await RebuildRun.RestoreAsync(app.Gates, TableCopy.Empty);
        var edit = await second.PushAsync(second.Put("todos", "k", """{"n":2}""", on: 1));

        var twice = await RebuildRun.RestoreAsync(app.Gates, TableCopy.Empty);
        var third = app.Client(Dataset, "c3");
        var last = await third.PushAsync(third.Put("todos", "k", """{"n":3}""", on: once.Datasets[0].Seq + 1));

        Assert.Equal([$"applied {once.Datasets[0].Seq + 1}"], edit.Outcomes);
        Assert.Equal(once.Datasets[0].Seq + 1, twice.Datasets[0].HighestRev);
        Assert.True(twice.Datasets[0].Seq > twice.Datasets[0].HighestRev);
        Assert.Equal([$"applied {twice.Datasets[0].Seq + 1}"], last.Outcomes);
    }

    [Fact]
    public async Task Push_ClientOfWhomNothingIsLeft_IsUnknownByTheEpochThatItNames()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var (first, second, job) = (app.Client(Dataset), app.Client(Dataset, "c2"), app.Job(Dataset));
        var made = await first.PushAsync(first.Put("todos", "counter", """{"n":1}"""));
        var beginner = second.Batch([second.Patch("todos", "counter", """{"inc":{"/n":10}}""", on: 1)]);
        beginner["epoch"] = made.Text("epoch");
        await second.SendAsync(beginner);
        await first.PushAsync(first.Put("todos", "counter", """{"n":11}""", on: 2));

        await RebuildRun.RestoreAsync(app.Gates, TableCopy.Empty);
        var again = await second.SendAsync(beginner);

        Assert.Equal((409, "client-unknown"), (again.Status, again.Problem));
        Assert.Equal("d:n=11", await job.FieldsAsync("todos", "counter"));
    }

    [Fact]
    public async Task Push_ClientOfTheCopyWhoseOutcomesRetentionDropped_IsUnknown()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var (first, second, job) = (app.Client(Dataset), app.Client(Dataset, "c2"), app.Job(Dataset));
        await first.PushAsync(first.Put("todos", "counter", """{"n":1}"""));
        var beginner = second.Batch([second.Patch("todos", "counter", """{"inc":{"/n":10}}""", on: 1)]);
        await second.SendAsync(beginner);
        await first.PushAsync(first.Put("todos", "counter", """{"n":11}""", on: 2));
        await app.Gates.Tables().GetTableClient(StorageNames.ChangeLogTable).DeleteEntityAsync(Dataset, $"out|c2|{1:D19}", cancellationToken: Cancel);

        await RebuildRun.RestoreAsync(app.Gates, await TableCopy.TakeAsync(app.Gates.Tables()));
        var again = await second.SendAsync(beginner);

        Assert.Equal((409, "client-unknown"), (again.Status, again.Problem));
        Assert.Equal("d:n=11", await job.FieldsAsync("todos", "counter"));
    }

    [Fact]
    public async Task Rebuild_JobsWroteMeanwhile_BrowsersSeeIt()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        await client.PushAsync(client.Put("todos", "old", """{"n":1}"""), client.Put("todos", "other", """{"n":1}"""));
        await app.ScanAsync();
        var backup = await TableCopy.TakeAsync(app.Gates.Tables());
        await app.Gates.Stack.StopAppAsync();
        await job.PutAsync("todos", "old", ("d:n", "2"));
        await job.PutAsync("todos", "new", ("d:n", "3"));
        await app.Gates.Stack.StartAppAsync(Cancel);

        var rebuilt = await RebuildRun.RestoreAsync(app.Gates, backup);
        var mark = await app.Gates.Services.Get<IScanMarks>().ReadAsync(app.Table, Cancel);
        var snapshot = await client.SnapshotAsync();
        var scan = await app.ScanAsync();
        var pulled = await client.PullAllAsync(snapshot.Text("cursor"));

        Assert.Equal(2, Assert.Single(rebuilt.Datasets).Differing);
        Assert.Equal(0, mark.JudgedTo);
        Assert.Equal(["old 1 {\"n\":2}", "other 2 {\"n\":1}"], snapshot.Records);
        Assert.Equal(2, scan.Taken);
        Assert.Equal(["new 3", "old 2"], pulled.Select(entry => $"{entry.GetProperty("key").GetString()} {entry.GetProperty("value").GetProperty("n")}"));
    }

    [Fact]
    public async Task Rebuild_CopyKnowsARecordAsRefusedThatTheClusterTookSince_TheRowCounts()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var client = app.Client(Dataset);
        app.Gates.Stack.Emulator!.Faults.Current = new FaultSet { RefusedRows = [$"^{Keys.Row(Dataset, "k")}$"] };
        await client.PushAsync(client.Put("todos", "k", """{"n":1}"""));
        var backup = await TableCopy.TakeAsync(app.Gates.Tables());
        app.Gates.Stack.Emulator.Faults.Reset();
        await client.PushAsync(client.Patch("todos", "k", """{"set":{"/n":2}}""", on: 1));

        var rebuilt = await RebuildRun.RestoreAsync(app.Gates, backup);
        var anew = app.Client(Dataset, "c2");
        await anew.PushAsync(anew.Patch("todos", "k", """{"inc":{"/n":10}}""", on: 2));

        Assert.Equal(1, Assert.Single(rebuilt.Datasets).Released);
        Assert.Equal("d:n=12", await app.Job(Dataset).FieldsAsync("todos", "k"));
    }

    [Fact]
    public async Task Rebuild_StoppedBeforeTheHead_IsFinishedByTheNextRunAndAnotherDoesNoHarm()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var client = app.Client(Dataset);
        var batch = client.Batch([client.Put("todos", "k", """{"n":1}""")]);
        var before = await client.SendAsync(batch);
        await app.Gates.Stack.StopAppAsync();

        using (var dies = app.Gates.Stack.BuildApp())
            Assert.Equal(1, await dies.Services.GetRequiredService<IRebuiltLog>().ForgetClientsAsync(Dataset, Cancel));
        var (second, third) = (await RebuildRun.OfAsync(app.Gates.Stack), await RebuildRun.OfAsync(app.Gates.Stack));
        await app.Gates.Stack.StartAppAsync(Cancel);
        var again = await client.SendAsync(batch);

        var (one, two) = (Assert.Single(second.Datasets), Assert.Single(third.Datasets));
        Assert.Equal((before.Text("epoch"), 1L), (one.OldEpoch, one.OldSeq));
        Assert.Equal((one.Epoch, one.Seq), (two.OldEpoch, two.OldSeq));
        Assert.True(two.Seq > one.Seq && two.Epoch != one.Epoch);
        Assert.Equal("client-unknown", again.Problem);
        Assert.Equal(["k 1 {\"n\":1}"], (await client.SnapshotAsync()).Records);
    }

    [Fact]
    public async Task Rebuild_ClusterIsAway_ChangesNothing()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var client = app.Client(Dataset);
        await client.PushAsync(client.Put("todos", "k", """{"n":1}"""));
        await app.Gates.Stack.StopAppAsync();
        var before = await TextAsync(app.Gates.Tables());

        app.Gates.Stack.Emulator!.Faults.Current = new FaultSet { HBaseUnreachable = true };
        var answer = await RebuildRun.OfAsync(app.Gates.Stack);

        Assert.False(answer.Done);
        Assert.Contains("Nothing was changed", Assert.Single(answer.Trouble), StringComparison.Ordinal);
        Assert.Equal(before, await TextAsync(app.Gates.Tables()));
    }

    [Fact]
    public async Task Rebuild_AppRuns_IsRefused()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var client = app.Client(Dataset);
        await client.PushAsync(client.Put("todos", "k", """{"n":1}"""));
        using var gate = app.Gates.Store.Gate("ScanAsync", CallSide.After, atMost: 1);

        var running = RebuildRun.OfAsync(app.Gates.Stack);
        var scan = await gate.NextAsync();
        await client.PushAsync(client.Put("todos", "k", """{"n":2}""", on: 1));
        scan.Continue();
        var answer = await running;

        Assert.False(answer.Done);
        Assert.Contains("Stop every instance", Assert.Single(answer.Trouble), StringComparison.Ordinal);
        Assert.Equal(["k 2 {\"n\":2}"], (await client.SnapshotAsync()).Records);
    }

    [Fact]
    public async Task Push_OlderTablesWithoutARebuild_WaitsAndIsTold()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        await client.PushAsync(client.Put("todos", "k", """{"n":1}"""));
        var backup = await TableCopy.TakeAsync(app.Gates.Tables());
        await client.PushAsync(client.Put("todos", "k", """{"n":2}""", on: 1));
        await app.Gates.Stack.StopAppAsync();
        await backup.RestoreAsync(app.Gates.Tables());
        await app.Gates.Stack.StartAppAsync(Cancel);

        var other = app.Client(Dataset, "c2");
        var batch = other.Batch([other.Patch("todos", "k", """{"set":{"/n":3}}""", on: 2)]);
        await other.SendAsync(batch, "respond-async");
        await Eventually.TrueAsync("the batch says what it waits for", async () => (await other.StatusAsync(batch)).Text("waitingFor") == "log-behind-cluster", TimeSpan.FromSeconds(60));
        await Eventually.TrueAsync("the health check says so", async () => (await HealthAsync(app)).Contains("log-behind-cluster", StringComparison.Ordinal), TimeSpan.FromSeconds(60));

        Assert.Equal("d:n=2", await job.FieldsAsync("todos", "k"));
    }

    /// <summary>What is committed from now on lies almost a minute ahead of the cluster's clock, as after a commit of an instance that took it to be there.</summary>
    private static async Task MoveAheadAsync(TableServiceClient tables)
    {
        var table = tables.GetTableClient(StorageNames.ChangeLogTable);
        TableEntity head = await table.GetEntityAsync<TableEntity>(Dataset, "head", cancellationToken: Cancel);
        head["LastTs"] = TimeProvider.System.GetUtcNow().AddSeconds(57).ToUnixTimeMilliseconds();
        await table.UpdateEntityAsync(head, head.ETag, TableUpdateMode.Replace, Cancel);
    }

    private static async Task<string> HealthAsync(ScanApp app)
    {
        using var http = new HttpClient { BaseAddress = app.Gates.Stack.BaseAddress };
        return await http.GetStringAsync(new Uri("api/v1/health/ready", UriKind.Relative), Cancel);
    }

    private static async Task<string> TextAsync(TableServiceClient tables) => string.Join('\n', await tables.GetTableClient(StorageNames.ChangeLogTable)
        .QueryAsync<TableEntity>(cancellationToken: Cancel).Select(row => $"{row.RowKey} {row.ETag}").ToListAsync(Cancel));
}
