using MyriadSync.Myriad;

namespace MyriadSync.UnitTests.Myriad.HBase;

public sealed class StampAsyncTests
{
    [Fact]
    public async Task StampAsync_Rows_GetTheTimestampsThatTheServersGave()
    {
        using var under = new StoreUnderTest(request => request.Method == HttpMethod.Put ? FakeAnswer.Ok : FakeAnswer.Rows("a", "b"));

        var stamped = await Stamp(under, "a", "b");

        Assert.Equal([("a", 5), ("b", 5)], stamped.Stamps.Select(stamp => (stamp.Key, stamp.Value)));
        Assert.DoesNotContain("timestamp", under.Gateway.Requests.First().Body, StringComparison.Ordinal);
        Assert.Equal("/ns:t/multiget/m:probe?row=a&row=b", under.Gateway.Requests.Last().Path);
    }

    /// <summary>A delete marker hides all cells of its millisecond: a probe that came in the same one would be hidden as well.</summary>
    [Fact]
    public async Task StampAsync_FirstProbeHidden_ProbesThatRowAgainInALaterMillisecond()
    {
        var puts = 0;
        var time = new WaitedTime();
        using var under = new StoreUnderTest(
            request =>
                request.Method == HttpMethod.Put ? Put()
                : request.Path == "/version" ? FakeAnswer.Version("2.6.1")
                : request.Is("GET", "/ns:t/*") ? FakeAnswer.Rows()
                : puts == 1 ? FakeAnswer.Rows("a") : FakeAnswer.Rows("b"),
            time: time);

        var stamping = Stamp(under, "a", "b");
        await time.WaitedForAsync(TimeSpan.FromMilliseconds(1));
        var sameMillisecond = puts;
        time.Advance(TimeSpan.FromMilliseconds(1));
        var stamped = await stamping;

        Assert.Equal(1, sameMillisecond);
        Assert.Equal(["a", "b"], stamped.Stamps.Keys.Order());
        Assert.Equal(["b"], under.Gateway.Requests.Last(request => request.Method == HttpMethod.Put).Keys);

        FakeAnswer Put()
        {
            puts++;
            return FakeAnswer.Ok;
        }
    }

    [Fact]
    public async Task StampAsync_ClusterGoesBetweenWriteAndRead_IsUnavailable()
    {
        using var under = new StoreUnderTest(request => request.Method == HttpMethod.Put ? FakeAnswer.Ok : new FakeAnswer(503));

        var stamped = await Stamp(under, "a");

        Assert.Equal(StoreFault.Unavailable, stamped.Fault);
        Assert.Empty(stamped.Stamps);
    }

    private static Task<StampAnswer> Stamp(StoreUnderTest under, params string[] keys) =>
        under.Store.StampAsync(StoreUnderTest.Table, keys, TestContext.Current.CancellationToken);
}
