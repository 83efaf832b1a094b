using System.Net;
using MyriadSync.ChangeLog;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>Another user of the dataset sends with a stranger's clientId: 403, and the stranger's seq is untouched.</summary>
public sealed class Row12StrangersClientIdTests(SharedAzurite azurite)
{
    private const string Dataset = "row12";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Push_ClientIdOfAnother_IsForbiddenAndOwnerGoesOn()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (ann, bob, client) = (app.Api(Dataset, "ann"), app.Api(Dataset, "bob"), new WireClient("c1"));
        var first = client.Batch("b1", client.Put("a", new { n = 1 }), client.Put("b", new { n = 1 }));
        await ann.PushToEndAsync(first);
        var row = await app.OpenLog().ReadClientAsync(Dataset, "c1", Cancel);

        var next = await bob.PushAsync(client.Batch("x1", client.Put("a", new { n = 2 }, 1)));
        client.NextSeq = 1;
        var anew = await bob.PushAsync(client.Batch("x2", client.Put("a", new { n = 3 })));
        var looked = await bob.FindAsync(first);
        var replayed = await bob.PushAsync(first);

        Assert.All([next, anew, looked, replayed], answer => Assert.Equal((HttpStatusCode.Forbidden, "client-of-another"), (answer.Status, answer.Problem)));
        Assert.Equal(row, await app.OpenLog().ReadClientAsync(Dataset, "c1", Cancel));
        client.NextSeq = 3;
        Assert.Equal([3L], (await ann.PushToEndAsync(client.Batch("b2", client.Put("a", new { n = 4 }, 1)))).Revs);
    }

    /// <summary>Two users come with the same new id, even the same batch id: both passed the check at the door.</summary>
    [Theory]
    [InlineData("b1")]
    [InlineData("b2")]
    public async Task Push_IdIsTakenBetweenCheckAndCommit_IsForbidden(string batchOfBob)
    {
        await using var x = await GatedApp.StartAsync(azurite);
        await using var y = await GatedApp.StartAsync(azurite, beside: x);
        var (bob, ann, client) = (x.Api(Dataset, "bob"), y.Api(Dataset, "ann"), new WireClient("c1"));
        var change = client.Put("a", new { secret = "ann's" });
        using var commits = x.Log.Gate(nameof(IChangeLog.CommitAsync), atMost: 1);

        var pushing = bob.PushAsync(client.Batch(batchOfBob, change.DeepClone().AsObject()));
        var commit = await commits.NextAsync();
        var taken = await ann.PushToEndAsync(client.Batch("b1", change));
        commit.Continue();
        var refused = await pushing;

        Assert.Equal(["applied"], taken.Outcomes);
        Assert.Equal((HttpStatusCode.Forbidden, "client-of-another"), (refused.Status, refused.Problem));
        var row = await x.OpenLog().ReadClientAsync(Dataset, "c1", Cancel);
        Assert.Equal(("ann", 1L), (row!.Sub, row.LastClientSeq));
        Assert.Equal(1, (await ann.GetAsync("")).Number("head"));
    }
}
