using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>Segment 11: r = {a, b}, its apply hangs; segment 12: r = {a}, applied first; then the writes of 11 arrive: the cluster has {a}.</summary>
public sealed class Row05SegmentsAppliedOutOfOrderTests(SharedAzurite azurite)
{
    private const string Dataset = "row05";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Apply_OlderSegmentArrivesLast_ClusterKeepsNewest(bool deletes)
    {
        await using var x = await GatedApp.StartAsync(azurite);
        await using var y = await GatedApp.StartAsync(azurite, beside: x);
        var (throughX, throughY, one, two) = (x.Api(Dataset), y.Api(Dataset), new WireClient("c1"), new WireClient("c2"));
        await throughX.PushToEndAsync(one.Batch("b1", Enumerable.Range(1, 10).Select(n => one.Put($"k{n}", new { n }))));
        using var writes = x.Store.Gate(nameof(IRecordStore.WriteAsync), when: Touches("r"), atMost: 1);

        var older = one.Batch("b2", one.Put("r", new { a = 1, b = 2 }));
        await throughX.PushAsync(older, wait: 0);
        var late = await writes.NextAsync();
        var newer = await throughY.PushToEndAsync(two.Batch("b1", deletes ? two.Delete("r", 11) : two.Put("r", new { a = 1 }, 11)));
        var before = x.Cluster.Fields(Dataset, "r");
        late.Continue();
        await late.Done;

        var fields = deletes ? [] : new Dictionary<string, string> { ["a"] = "1" };
        Assert.Equal([12], newer.Revs);
        Assert.Equal(fields, before);
        Assert.Equal(fields, x.Cluster.Fields(Dataset, "r"));
        Assert.Equal(12, x.Cluster.State(Dataset, "r").Rev);
        Assert.Equal([11], (await throughX.EndAsync(older)).Revs);
        Assert.Equal(12, (await throughX.RecordAsync("r")).Number("rev"));
        Assert.Equal(12, (await x.OpenLog().ReadAppliedAsync(Dataset, TestContext.Current.CancellationToken)).Seq);
    }

    private static Func<object, bool> Touches(string key) => puts => ((IReadOnlyList<RowPut>)puts).Any(put => put.Key == Keys.Row(Dataset, key));
}
