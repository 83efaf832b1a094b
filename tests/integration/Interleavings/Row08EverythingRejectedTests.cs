using System.Net;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>Every change of a batch is rejected: the seq advances, there is no segment, the outcomes are kept, and the next batch goes in.</summary>
public sealed class Row08EverythingRejectedTests(SharedAzurite azurite)
{
    private const string Dataset = "row08";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Push_EveryChangeIsRejected_NextBatchGoesIn()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client, log) = (app.Api(Dataset), new WireClient("c1"), app.OpenLog());
        var (none, some) = (Rejected(client, "b1"), client.Batch("b2", client.Put("a", new { n = 1 })));
        var (again, last) = (Rejected(client, "b3"), client.Batch("b4", client.Put("a", new { n = 2 }, 1)));

        var first = await api.PushToEndAsync(none);
        var headAfterFirst = await log.ReadHeadAsync(Dataset, Cancel);
        var clientAfterFirst = await log.ReadClientAsync(Dataset, "c1", Cancel);
        var answers = new[] { await api.PushToEndAsync(some), await api.PushToEndAsync(again), await api.PushToEndAsync(last) };

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal(["rejected", "rejected"], first.Outcomes);
        Assert.Equal(["/changes/0/op", "/changes/1/value"], first.Results.Select(result => result.GetProperty("pointer").GetString()));
        Assert.Equal((0L, 2L), (headAfterFirst!.Seq, clientAfterFirst!.LastClientSeq));
        Assert.Equal([1L], answers[0].Revs);
        Assert.Equal(["rejected", "rejected"], answers[1].Outcomes);
        Assert.Equal([2L], answers[2].Revs);
        var segments = await log.ReadSegmentsAsync(Dataset, 0, 2, int.MaxValue, Cancel);
        Assert.Equal(["b2", "b4"], segments!.Select(segment => segment.BatchId));
        Assert.Equal(6, (await log.ReadClientAsync(Dataset, "c1", Cancel))!.LastClientSeq);
    }

    [Fact]
    public async Task Push_RejectedBatchComesAgain_GetsItsOutcomesAgain()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        var batch = Rejected(client, "b1");

        var first = await api.PushToEndAsync(batch);
        var second = await api.PushAsync(batch);
        var found = await api.FindAsync(batch);

        var results = first.Body.GetProperty("results").GetRawText();
        Assert.Equal(results, second.Body.GetProperty("results").GetRawText());
        Assert.Equal(results, found.Body.GetProperty("results").GetRawText());
        Assert.Equal("applied", found.BatchStatus);
    }

    /// <summary>An op that does not exist, and a put without a value.</summary>
    private static WireBatch Rejected(WireClient client, string batchId) => client.Batch(batchId, client.Change("explode", "a", null), client.Change("put", "b", null));
}
