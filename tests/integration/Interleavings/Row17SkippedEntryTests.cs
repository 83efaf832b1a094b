namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>A patches <c>done</c> on base 17 while B's title is 18; A skipped 18 because its edit was pending.</summary>
public sealed class Row17SkippedEntryTests(StackFixture fixture) : IClassFixture<StackFixture>
{
    [Fact]
    public async Task Push_PatchOnOlderBaseAfterSkippedEntry_BringsBothEditsToBoth()
    {
        const string dataset = "row17";
        using var a = new DatasetClient(fixture.Stack, dataset, "a");
        using var b = new DatasetClient(fixture.Stack, dataset, "b");
        var (atA, atB) = (new SkippingReplica(), new SkippingReplica());
        await a.PushAsync(a.Put("todos", "k", """{"title":"t0","done":false}"""));
        var start = (await b.PullAsync()).Text("cursor");
        atA.Take(await a.PullAllAsync());
        atB.Take(await b.PullAllAsync());
        await b.PushAsync(b.Patch("todos", "k", """{"set":{"/title":"t1"}}""", on: 1));

        atA.Edit("k");
        var patch = a.Patch("todos", "k", """{"set":{"/done":true}}""", on: 1);
        atA.Take(await a.PullAllAsync(start));
        var skipped = atA.Show("k");
        var push = await a.PushAsync(patch);
        atA.Settle("k", push.Results[0]);
        atB.Take(await b.PullAllAsync(start));

        Assert.Equal("1 {\"done\":false,\"title\":\"t0\"}", skipped);
        Assert.Equal(["merged 3"], push.Outcomes);
        Assert.Equal("3 {\"done\":true,\"title\":\"t1\"}", atA.Show("k"));
        Assert.Equal(atA.Show("k"), atB.Show("k"));
        atA.Take(await a.PullAllAsync(start));
        Assert.Equal(atB.Show("k"), atA.Show("k"));
    }
}
