namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>A record is deleted and its tombstone purged; a client that was away for 40 days edits it: an edit against a deletion, never a create.</summary>
public sealed class Row27PurgedTombstoneTests(SharedAzurite azurite)
{
    private const string Dataset = "row27";
    private const int DaysAway = 40;

    [Fact]
    public async Task Push_PatchOfAPurgedRecord_MeetsADeletion()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, away, other, replica) = (app.Api(Dataset), new WireClient("away"), new WireClient("other"), new Replica());
        await api.PushToEndAsync(away.Batch("b1", away.Put("k", new { title = "t" }), away.Put("stays", new { n = 1 })));
        await replica.PullAsync(api, 10);
        await api.PushToEndAsync(other.Batch("b1", other.Delete("k", 1)));
        await RetentionRun.OfAsync(app, DaysAway);
        var purged = !app.Cluster.Exists(Dataset, "k");

        var gone = await api.GetAsync($"changes?since={replica.Cursor}");
        await replica.LoadAsync(api, 10);
        var push = await api.PushToEndAsync(away.Batch("b2", away.Set("k", "done", true, 1), away.Set("stays", "done", true, 2)));

        Assert.True(purged);
        Assert.Equal("cursor-gone", gone.Problem);
        Assert.Equal(["\"stays\""], replica.Alive.Keys);
        Assert.Equal("superseded", push.Outcomes[0]);
        Assert.True(push.Results[0].GetProperty("deleted").GetBoolean());
        Assert.Equal("applied", push.Outcomes[1]);
        Assert.False(app.Cluster.IsAlive(Dataset, "k"));
        Assert.Equal([4L], await replica.PullAsync(api, 10));
        Assert.Equal(["\"stays\""], replica.Alive.Keys);
    }
}
