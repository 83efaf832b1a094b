using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>A fetch reads the row; segment 11 to the same record is committed and applied; the batch goes on: it is resolved against segment 11.</summary>
public sealed class Row13AppliedBetweenReadsTests(SharedAzurite azurite)
{
    private const string Dataset = "row13";

    /// <param name="throughOther">Segment 11 is made by another instance, of which this one's memory of the log knows nothing.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Push_SegmentIsAppliedAfterTheRowWasRead_IsResolvedAgainstIt(bool throughOther)
    {
        await using var x = await GatedApp.StartAsync(azurite);
        await using var y = await GatedApp.StartAsync(azurite, beside: x);
        var (throughX, between, one, two) = (x.Api(Dataset), (throughOther ? y : x).Api(Dataset), new WireClient("c1"), new WireClient("c2"));
        await throughX.PushToEndAsync(one.Batch("b1", Enumerable.Range(1, 10).Select(n => one.Put($"k{n}", new { n = 100 }))));
        // Made in this order, so that the held edit is the later one and is not superseded.
        var theirs = two.Batch("b1", two.Inc("k1", "n", 10, 1), two.Set("k1", "theirs", true, 1));
        var mine = one.Batch("b2", one.Inc("k1", "n", 1, 1), one.Set("k1", "mine", true, 1));
        using var reads = x.Store.Gate(nameof(IRecordStore.ReadAsync), CallSide.After, atMost: 1);

        var pushing = throughX.PushAsync(mine);
        var read = await reads.NextAsync();
        var eleven = await between.PushToEndAsync(theirs);
        var applied = await x.OpenLog().ReadAppliedAsync(Dataset, TestContext.Current.CancellationToken);
        read.Continue();
        var twelve = await pushing;

        Assert.Equal([11L, 11L], eleven.Revs);
        Assert.Equal(11, applied.Seq);
        Assert.Equal(["merged", "merged"], twelve.Outcomes);
        Assert.Equal([12L, 12L], twelve.Revs);
        Assert.Equal("""{"mine":true,"n":111,"theirs":true}""", twelve.Results[1].GetProperty("value").GetRawText());
        await throughX.EndAsync(mine);
        Assert.Equal(new Dictionary<string, string> { ["n"] = "111", ["theirs"] = "true", ["mine"] = "true" }, x.Cluster.Fields(Dataset, "k1"));
    }
}
