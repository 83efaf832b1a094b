using System.Text.Json.Nodes;
using MyriadSync.Configuration;
using MyriadSync.IntegrationTests.Mapping;
using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>A segment is committed under one mapping, and the instance that brings it to the cluster has another: the row lies as it was committed.</summary>
public sealed class Row34MappingChangesBeforeApplyTests(SharedAzurite azurite)
{
    private const string Dataset = "row34";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apply_ByAnInstanceWithAnotherMapping_UsesTheSegmentsOwn()
    {
        await using var apps = new MappedApp(azurite);
        var calls = new GatedCalls();
        var older = await apps.StartAsync(MappedApp.Typed, calls: calls);
        var newer = await apps.StartAsync(MappedApp.Typed.Replace("d:name", "d:title", StringComparison.Ordinal), beside: older);
        using var writes = calls.Gate(nameof(IRecordStore.WriteAsync), when: puts => ((IReadOnlyList<RowPut>)puts).Any(put => put.Key.StartsWith(Dataset, StringComparison.Ordinal)));
        using var throughOlder = new SyncClient(older, Dataset);
        using var throughNewer = new SyncClient(newer, Dataset);
        using var job = new JobOnCluster(older, Dataset);

        var batch = throughOlder.Batch(Change.Put("cities", "york", JsonNode.Parse("""{"capital":false,"name":"York"}""")!));
        await throughOlder.SendAsync(batch, "wait=0");
        await writes.NextAsync();
        var committed = await throughOlder.StatusAsync((string)batch["batchId"]!);
        await throughNewer.PushAsync(Change.Put("other", "k", JsonNode.Parse("""{"a":1}""")!));
        var row = await job.RowAsync("york");
        var late = throughNewer.Batch(Change.Put("cities", "hull", JsonNode.Parse("""{"capital":false,"name":"Hull"}""")!));
        await throughNewer.SendAsync(late, "wait=0");
        await Eventually.TrueAsync("it waits", async () => (await throughNewer.StatusAsync((string)late["batchId"]!)).Body["waitingFor"] is not null, TimeSpan.FromSeconds(60));
        var waiting = await throughNewer.StatusAsync((string)late["batchId"]!);

        Assert.Equal("committed", committed.BatchStatus);
        Assert.Equal("d:capital=00 d:name=596F726B d:type=63697479", row);
        Assert.Equal(("accepted", "store-needs-remap"), ((string?)waiting.Body["status"], (string?)waiting.Body["waitingFor"]));
    }

    [Fact]
    public async Task Remap_OverAPendingSegment_AppliesItByItsOwnMappingFirst()
    {
        await using var apps = new MappedApp(azurite);
        var calls = new GatedCalls();
        var older = await apps.StartAsync(MappedApp.Typed, calls: calls);
        using var client = new SyncClient(older, Dataset);
        using var job = new JobOnCluster(older, Dataset);
        using (var writes = calls.Gate(nameof(IRecordStore.WriteAsync), when: puts => ((IReadOnlyList<RowPut>)puts).Any(put => put.Key.StartsWith(Dataset, StringComparison.Ordinal))))
        {
            await client.SendAsync(client.Batch(Change.Put("cities", "york", JsonNode.Parse("""{"capital":false,"name":"York"}""")!)), "wait=0");
            await writes.NextAsync();
            await older.StopAppAsync();
        }

        var stopped = await apps.StartAsync(MappedApp.Typed.Replace("d:name", "d:title", StringComparison.Ordinal), beside: older, startApp: false);
        using var app = stopped.BuildApp();
        var answer = await app.Services.RemapStoreAsync("cities", alone: true, Cancel);

        Assert.Equal((true, 1, 0), (answer.Done, answer.Rows, answer.Changed));
        Assert.Equal("d:capital=00 d:title=596F726B d:type=63697479", await job.RowAsync("york"));
    }
}
