using MyriadSync.Myriad;

namespace MyriadSync.UnitTests.Myriad.HBase;

public sealed class CheckAsyncTests
{
    [Fact]
    public async Task CheckAsync_ServersAlive_CountsThem()
    {
        using var under = Answering(new(200, """{"regions":3,"LiveNodes":[{"name":"a","Region":[{"name":"x"}]},{"name":"b"}],"DeadNodes":["c"]}"""));

        var health = await Check(under);

        Assert.Equal(new StoreHealth { LiveNodes = 2, DeadNodes = 1, Endpoints = 1 }, health);
        Assert.Equal("/status/cluster", under.Gateway.Requests.Single().Path);
    }

    [Theory]
    [InlineData(200, """{"LiveNodes":[],"DeadNodes":["c"]}""", StoreFault.Unavailable)]
    [InlineData(200, """{"ok":true}""", StoreFault.Unavailable)]
    [InlineData(503, "Unavailable", StoreFault.Unavailable)]
    [InlineData(404, "", StoreFault.Misconfigured)]
    [InlineData(401, "", StoreFault.Unauthorized)]
    public async Task CheckAsync_AnythingElse_IsAFault(int status, string body, StoreFault expected)
    {
        using var under = Answering(new(status, body));

        var health = await Check(under);

        Assert.Equal(expected, health.Fault);
        Assert.NotNull(health.Reason);
    }

    [Fact]
    public async Task CheckAsync_ClusterFrozenBehindTheGateway_IsUnavailable()
    {
        using var under = Answering(FakeAnswer.Hangs);

        var health = await under.TimeOutAsync(Check(under));

        Assert.Equal((StoreFault.Unavailable, 1), (health.Fault, health.EndpointsLeftOut));
    }

    private static StoreUnderTest Answering(FakeAnswer answer) => new(_ => answer);

    private static Task<StoreHealth> Check(StoreUnderTest under) => under.Store.CheckAsync(TestContext.Current.CancellationToken);
}
