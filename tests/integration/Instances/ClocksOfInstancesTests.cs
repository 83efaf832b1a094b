using Microsoft.Extensions.DependencyInjection;

namespace MyriadSync.IntegrationTests.Instances;

/// <summary>Two instances never have quite the same idea of the cluster's clock: what the one that is ahead wrote was taken for a job's cells from the future by the other.</summary>
public sealed class ClocksOfInstancesTests(SharedAzurite azurite)
{
    [Fact]
    public async Task Push_ThroughAnInstanceWhoseClockIsBehind_GoesOnFromTheLastCommit()
    {
        var clock = new SteppingClock();
        await using var x = await GatedApp.StartAsync(azurite);
        await using var y = await GatedApp.StartAsync(azurite, x, register: services => services.AddSingleton<TimeProvider>(clock));
        var (ada, bob) = (new WireClient("ada"), new WireClient("bob"));
        await y.Api("clocks").PushToEndAsync(bob.Batch("b1", bob.Put("other", new { n = 0 })));
        await x.Api("clocks").PushToEndAsync(ada.Batch("a1", ada.Put("k", new { n = 1 })));

        clock.Behind = TimeSpan.FromSeconds(50);
        var pushed = await y.Api("clocks").PushAsync(bob.Batch("b2", bob.Put("k", new { n = 2 }, 2)));

        Assert.Equal(["applied"], pushed.Outcomes);
        Assert.Equal("2", x.Cluster.Fields("clocks", "k")["n"]);
    }

    private sealed class SteppingClock : TimeProvider
    {
        public TimeSpan Behind { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - Behind;
    }
}
