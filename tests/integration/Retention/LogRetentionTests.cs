using Azure.Data.Tables;
using MyriadSync.ChangeLog;
using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Retention;

/// <summary>What is past retention leaves the log, and whoever is not that far is told so.</summary>
public sealed class LogRetentionTests(SharedAzurite azurite)
{
    private const string Dataset = "retained";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_WithinRetention_KeepsEverything()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        await api.PushToEndAsync(client.Batch("b1", client.Put("k1", new { n = 1 })));
        await api.PushToEndAsync(client.Batch("b2", client.Delete("k1", 1)));
        var before = await RowsAsync(app);

        await RetentionRun.OfAsync(app, daysLater: 29);

        Assert.Equal(before, await RowsAsync(app));
        Assert.Equal([1L, 2L], await new Replica().PullAsync(api, 10));
        Assert.True(app.Cluster.Exists(Dataset, "k1"));
    }

    [Fact]
    public async Task Run_PastRetention_DropsSegmentsAndOutcomesAndTellsOldCursors()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client, replica) = (app.Api(Dataset), new WireClient("c1"), new Replica());
        var old = client.Batch("b1", client.Put("k1", new { n = 1 }));
        await api.PushToEndAsync(old);
        await replica.PullAsync(api, 10);
        await api.PushToEndAsync(client.Batch("b2", client.Put("k2", new { n = 2 })));

        await RetentionRun.OfAsync(app);
        var gone = await api.GetAsync($"changes?since={replica.Cursor}");
        var repeat = await api.PushAsync(old);
        await replica.LoadAsync(api, 10);
        var pulled = await replica.PullAsync(api, 10);
        await api.PushToEndAsync(client.Batch("b3", client.Put("k3", new { n = 3 })));
        var next = await replica.PullAsync(api, 10);

        Assert.Equal(("cursor-gone", "retention", $"/api/v1/datasets/{Dataset}/snapshot"), (gone.Problem, gone.Text("reason"), gone.Text("snapshot")));
        Assert.Equal(["duplicate"], repeat.Outcomes);
        Assert.Equal("applied", repeat.BatchStatus);
        Assert.Null(repeat.Text("cursor"));
        Assert.Empty(pulled);
        Assert.Equal([3L], next);
        Assert.Equal(["\"k1\"", "\"k2\"", "\"k3\""], replica.Alive.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["applied", "client|c1", "head", $"out|c1|{3:D19}", $"seg|{3:D19}"], await RowsAsync(app));
    }

    /// <summary>A refused batch moves no head: the log is as old as before, its outcomes are new.</summary>
    [Fact]
    public async Task Run_OutcomesOfARecentBatchWithoutEffect_AreKept()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        await api.PushToEndAsync(client.Batch("b1", client.Put("k1", new { n = 1 })));
        await RetentionRun.OfAsync(app);
        var refused = client.Batch("b2", client.Change("dance", "k1", 1));
        await api.PushToEndAsync(refused);

        await RetentionRun.OfAsync(app, daysLater: 29);

        Assert.Equal(["rejected"], (await api.PushAsync(refused)).Outcomes);
    }

    [Fact]
    public async Task Run_ClusterIsBehind_KeepsWhatItStillNeeds()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        await api.PushToEndAsync(client.Batch("b1", client.Put("k1", new { n = 1 })));
        using var writes = app.Store.Gate(nameof(IRecordStore.WriteAsync));
        var behind = client.Batch("b2", client.Put("k1", new { n = 2 }, 1));
        await api.PushAsync(behind, wait: 0);
        var write = await writes.NextAsync();

        await RetentionRun.OfAsync(app);
        var rows = await RowsAsync(app);
        write.Continue();
        writes.Dispose();
        await api.EndAsync(behind);

        Assert.Equal(["applied", "client|c1", "head", $"out|c1|{2:D19}", $"seg|{2:D19}"], rows);
        Assert.Equal("2", app.Cluster.Fields(Dataset, "k1")["n"]);
    }

    [Theory]
    [InlineData(nameof(IRetentionLog.RaiseOldestAsync), false)]
    [InlineData(nameof(IRetentionLog.DropSegmentsAsync), true)]
    [InlineData(nameof(IRetentionLog.DropOutcomesAsync), true)]
    public async Task Run_BreaksOffAndRunsAgain_EndsAsIfItHadNot(string before, bool raised)
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client, replica) = (app.Api(Dataset), new WireClient("c1"), new Replica());
        await api.PushToEndAsync(client.Batch("b1", client.Put("k1", new { n = 1 }), client.Put("k2", new { n = 2 })));
        await replica.PullAsync(api, 10);
        await api.PushToEndAsync(client.Batch("b2", client.Delete("k1", 1)));

        await RetentionRun.OfAsync(app, kept: new StoppingRetentionLog(app.Services.Get<IRetentionLog>(), before));
        var between = await api.GetAsync($"changes?since={replica.Cursor}");
        await RetentionRun.OfAsync(app);
        await replica.LoadAsync(api, 10);

        Assert.Equal(raised ? "cursor-gone" : null, between.Problem);
        Assert.Equal(["applied", "client|c1", "head"], await RowsAsync(app));
        Assert.False(app.Cluster.Exists(Dataset, "k1"));
        Assert.Equal(["\"k2\""], replica.Alive.Keys);
    }

    [Fact]
    public async Task Run_TwoAtATimeOverManySegmentsWhileOthersCommit_DropsEachAndLosesNothing()
    {
        const int Batches = 40;
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        for (var i = 1; i <= Batches; i++)
            await api.PushToEndAsync(client.Batch($"b{i}", client.Put($"k{i}", new { i }), client.Put("all", new { i }, i == 1 ? null : 2 * i - 2)));

        var other = new WireClient("c2");
        await Task.WhenAll(
            RetentionRun.OfAsync(app),
            RetentionRun.OfAsync(app),
            api.PushToEndAsync(other.Batch("b1", other.Put("new", new { n = 1 }))));
        await RetentionRun.OfAsync(app);
        var replica = new Replica();
        await replica.LoadAsync(api, 10);

        Assert.Equal(["applied", "client|c1", "client|c2", "head"], await RowsAsync(app));
        Assert.Equal(Batches + 2, replica.Alive.Count);
    }

    private static async Task<List<string>> RowsAsync(GatedApp app)
    {
        var rows = new List<string>();
        await foreach (var row in app.Tables().GetTableClient("changelog").QueryAsync<TableEntity>(row => row.PartitionKey == Dataset, cancellationToken: Cancel))
            rows.Add(row.RowKey);
        return rows;
    }
}
