using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>A snapshot is under way; records of its earlier pages change, later pages change, records are deleted: snapshot + pull = truth.</summary>
public sealed class Row15SnapshotWhileChangingTests(SharedAzurite azurite)
{
    private const string Dataset = "row15";
    private const int PageSize = 2;

    /// <param name="throughOther">Another instance makes the changes, of which this one's memory of the log knows nothing.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Snapshot_RecordsChangeBetweenAndDuringPages_WithPullIsTheTruth(bool throughOther)
    {
        await using var x = await GatedApp.StartAsync(azurite);
        await using var y = await GatedApp.StartAsync(azurite, beside: x);
        var (reading, writing, client) = (x.Api(Dataset), (throughOther ? y : x).Api(Dataset), new WireClient("c1"));
        await reading.PushToEndAsync(client.Batch("b1", Enumerable.Range(1, 9).Select(n => client.Put($"k{n}", new { n, old = true }))));
        var replica = new Replica();

        var page = await replica.LoadPageAsync(reading, null, PageSize);
        await writing.PushToEndAsync(client.Batch(
            "b2",
            client.Put("k1", new { changed = "earlier" }, 1), client.Delete("k2", 2), client.Put("k0", new { created = "earlier" }),
            client.Put("k5", new { changed = "later" }, 5), client.Delete("k6", 6), client.Put("k65", new { created = "later" })));
        page = await replica.LoadPageAsync(reading, page, PageSize);
        page = await DuringAsync(x, replica, reading, page, () => writing.PushToEndAsync(client.Batch(
            "b3",
            client.Delete("k5", 13), client.Set("k7", "changed", "during", 7), client.Put("k55", new { created = "during" }),
            client.Put("k2", new { created = "again" }, 11), client.Delete("k9", 9))));
        await replica.LoadAsync(reading, PageSize, page);
        var pulled = await replica.PullAsync(reading, PageSize);

        Assert.Equal(Enumerable.Range(10, 11).Select(rev => (long)rev), pulled);
        Assert.Equal(["k0", "k1", "k2", "k3", "k4", "k55", "k65", "k7", "k8"], replica.Alive.Keys.Order(StringComparer.Ordinal).Select(key => key.Trim('"')));
        Assert.Equal(await TruthAsync(writing), replica.Alive);
    }

    /// <summary>The page before has been given, and all that follows is held in the log but not on the cluster.</summary>
    [Fact]
    public async Task Snapshot_ChangesAreNotAppliedYet_ShowsThemAndLeavesOutTheDeleted()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        await api.PushToEndAsync(client.Batch("b1", Enumerable.Range(1, 6).Select(n => client.Put($"k{n}", new { n }))));
        var replica = new Replica();

        var page = await replica.LoadPageAsync(api, null, PageSize);
        using var writes = app.Store.Gate(nameof(IRecordStore.WriteAsync));
        var batch = client.Batch("b2", client.Delete("k3", 3), client.Put("k35", new { n = 3.5 }), client.Put("k6", new { n = 60 }, 6), client.Delete("k1", 1), client.Put("k7", new { n = 7 }));
        await api.PushAsync(batch, wait: 0);
        var write = await writes.NextAsync();
        await replica.LoadAsync(api, PageSize, page);
        var loaded = replica.Alive;
        var pulled = await replica.PullAsync(api, PageSize);
        write.Continue();
        writes.Dispose();
        await api.EndAsync(batch);

        Assert.Equal(["\"k1\"", "\"k2\"", "\"k35\"", "\"k4\"", "\"k5\"", "\"k6\"", "\"k7\""], loaded.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((9L, """{"n":60}"""), loaded["\"k6\""]);
        Assert.Equal([7L, 8, 9, 10, 11], pulled);
        Assert.Equal(await TruthAsync(api), replica.Alive);
    }

    /// <summary>Takes a page whose rows have been read from the cluster when the event happens, and which is put together after it.</summary>
    private static async Task<string?> DuringAsync(GatedApp app, Replica replica, WireApi api, string? page, Func<Task> happens)
    {
        using var scans = app.Store.Gate(nameof(IRecordStore.ScanAsync), CallSide.After, atMost: 1);
        var loading = replica.LoadPageAsync(api, page, PageSize);
        var scan = await scans.NextAsync();
        await happens();
        scan.Continue();
        return await loading;
    }

    /// <summary>The whole log, folded.</summary>
    private static async Task<IReadOnlyDictionary<string, (long Rev, string Value)>> TruthAsync(WireApi api)
    {
        var truth = new Replica();
        await truth.PullAsync(api, 1000);
        return truth.Alive;
    }
}
