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

    [Fact]
    public async Task StampAsync_FirstProbeHidden_ProbesThatRowAgain()
    {
        var puts = 0;
        using var under = new StoreUnderTest(request =>
            request.Method == HttpMethod.Put ? Put()
            : request.Path == "/version" ? FakeAnswer.Version("2.6.1")
            : request.Is("GET", "/ns:t/*") ? FakeAnswer.Rows()
            : puts == 1 ? FakeAnswer.Rows("a") : FakeAnswer.Rows("b"));

        var stamped = await Stamp(under, "a", "b");

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
