using System.Text;
using MyriadSync.Myriad;
using MyriadSync.MyriadEmulator.Faults;

namespace MyriadSync.IntegrationTests.Retention;

/// <summary>Tombstones leave the cluster with the log that knows them, and nothing else does.</summary>
public sealed class TombstoneRetentionTests(SharedAzurite azurite)
{
    private const string Dataset = "graves";
    private const string Table = TableMapOptions.DefaultTable;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_TombstonesPastRetention_LeaveTheCluster()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        await api.PushToEndAsync(client.Batch("b1", client.Put("dead", new { n = 1 }), client.Put("reborn", new { n = 1 }), client.Put("alive", new { n = 1 })));
        await api.PushToEndAsync(client.Batch("b2", client.Delete("dead", 1), client.Delete("reborn", 2), client.Delete("never")));
        await api.PushToEndAsync(client.Batch("b3", client.Put("reborn", new { n = 2 }, 5)));
        var before = app.Cluster.Exists(Dataset, "dead");

        await RetentionRun.OfAsync(app);

        Assert.True(before);
        Assert.False(app.Cluster.Exists(Dataset, "dead"));
        Assert.Equal("2", app.Cluster.Fields(Dataset, "reborn")["n"]);
        Assert.Equal("1", app.Cluster.Fields(Dataset, "alive")["n"]);
    }

    /// <summary>The row is looked at; the record is created anew and applied; then the delete comes.</summary>
    [Fact]
    public async Task Run_RecordIsCreatedAnewBetweenTheLookAndTheDelete_IsNotMasked()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        await api.PushToEndAsync(client.Batch("b1", client.Put("k", new { n = 1 }), client.Put("other", new { n = 1 })));
        await api.PushToEndAsync(client.Batch("b2", client.Delete("k", 1)));
        using var deletes = app.Store.Gate(nameof(IRecordStore.WriteAsync), when: puts => ((IReadOnlyList<RowPut>)puts).Count == 0);

        var running = RetentionRun.OfAsync(app);
        var delete = await deletes.NextAsync();
        await api.PushToEndAsync(client.Batch("b3", client.Put("k", new { n = 2 }, 3)));
        delete.Continue();
        await running;

        Assert.Equal("2", app.Cluster.Fields(Dataset, "k")["n"]);
        Assert.Equal(4, app.Cluster.State(Dataset, "k").Rev);
        Assert.False(app.Cluster.State(Dataset, "k").Foreign);
    }

    /// <summary>The record that a client creates where a tombstone was purged is seen by everybody who reads the cluster.</summary>
    [Fact]
    public async Task Push_WhereATombstoneWasPurged_CreatesTheRecord()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        await api.PushToEndAsync(client.Batch("b1", client.Put("k", new { n = 1, left = true })));
        await api.PushToEndAsync(client.Batch("b2", client.Delete("k", 1)));
        await RetentionRun.OfAsync(app);

        var created = await api.PushToEndAsync(client.Batch("b3", client.Put("k", new { n = 2 })));

        Assert.Equal(["applied"], created.Outcomes);
        Assert.Equal(new Dictionary<string, string> { ["n"] = "2" }, app.Cluster.Fields(Dataset, "k"));
    }

    /// <summary>A job wrote on the tombstone, and nobody has judged it yet.</summary>
    [Fact]
    public async Task Run_JobPutOnTheTombstone_LeavesTheRow()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        await api.PushToEndAsync(client.Batch("b1", client.Put("k", new { n = 1 })));
        await api.PushToEndAsync(client.Batch("b2", client.Delete("k", 1)));
        var later = app.Cluster.State(Dataset, "k").NewestCell + 1;
        var job = new RowPut(Keys.Row(Dataset, "k"), [new Cell("d:job", later, Encoding.UTF8.GetBytes("7"))]);
        Assert.Equal(StoreFault.None, (await app.Services.Get<IRecordStore>().WriteAsync(Table, [job], [], Cancel)).Fault);

        await RetentionRun.OfAsync(app);
        var left = app.Cluster.State(Dataset, "k");
        var edit = await api.PushToEndAsync(client.Batch("b3", client.Set("k", "mine", true)));

        Assert.Equal(2, left.Rev);
        Assert.Equal(["merged"], edit.Outcomes);
        Assert.Equal("""{"job":7,"mine":true}""", edit.Results[0].GetProperty("value").GetRawText());
    }

    /// <summary>A probe was stamped into the row after the tombstone.</summary>
    [Fact]
    public async Task Run_ProbedTombstone_LeavesNoRow()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        await api.PushToEndAsync(client.Batch("b1", client.Put("k", new { n = 1 })));
        await api.PushToEndAsync(client.Batch("b2", client.Delete("k", 1)));
        await app.Services.Get<IRecordStore>().StampAsync(Table, [Keys.Row(Dataset, "k")], Cancel);
        var before = app.Cluster.State(Dataset, "k");

        await RetentionRun.OfAsync(app);

        Assert.Equal(2, before.Rev);
        Assert.False(app.Cluster.Exists(Dataset, "k"));
    }

    [Fact]
    public async Task Run_ClusterIsAway_KeepsTheSegmentsUntilTheTombstonesAreGone()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        await api.PushToEndAsync(client.Batch("b1", client.Put("k", new { n = 1 })));
        await api.PushToEndAsync(client.Batch("b2", client.Delete("k", 1)));

        app.Stack.Emulator!.Faults.Current = new FaultSet { HBaseUnreachable = true };
        await RetentionRun.OfAsync(app);
        var kept = await app.OpenLog().ReadSegmentsAsync(Dataset, 0, 2, 10, Cancel);
        app.Stack.Emulator.Faults.Reset();
        await RetentionRun.OfAsync(app);

        Assert.Equal(2, kept?.Count);
        Assert.Null(await app.OpenLog().ReadSegmentsAsync(Dataset, 0, 2, 10, Cancel));
        Assert.False(app.Cluster.Exists(Dataset, "k"));
    }
}
