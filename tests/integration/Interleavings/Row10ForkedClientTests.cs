using System.Net;
using MyriadSync.ChangeLog;
using MyriadSync.Payloads;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>
/// Seq 51 is acknowledged; the browser loses its last transactions (power cut, restored profile); the user's next edit is seq 51 again: 409
/// client-forked, and the edit survives under a new id.
/// </summary>
public sealed class Row10ForkedClientTests(SharedAzurite azurite)
{
    private const string Dataset = "row10";

    [Fact]
    public async Task Push_SeqComesBackWithAnotherEdit_IsForkedAndEditSurvivesUnderNewId()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        await api.PushToEndAsync(Fifty(client));
        await api.PushToEndAsync(client.Batch("b2", client.Put("lost", new { text = "sent before the power cut" })));
        client.NextSeq = 51;

        var forked = await api.PushAsync(client.Batch("b3", client.Put("kept", new { text = "edited after it" }), client.Inc("k1", "n", 1, 1)));
        var anew = new WireClient("c2");
        var survived = await api.PushToEndAsync(anew.Batch("b1", anew.Put("kept", new { text = "edited after it" }), anew.Inc("k1", "n", 1, 1)));

        Assert.Equal((HttpStatusCode.Conflict, "client-forked"), (forked.Status, forked.Problem));
        Assert.Equal(["applied", "applied"], survived.Outcomes);
        Assert.Equal([52, 53], survived.Revs);
        var replica = new Replica();
        Assert.Equal(53, (await replica.PullAsync(api, 100)).Count);
        Assert.Equal("""{"text":"edited after it"}""", replica.Alive["\"kept\""].Value);
        Assert.Equal("""{"text":"sent before the power cut"}""", replica.Alive["\"lost\""].Value);
        Assert.Equal("""{"n":2}""", replica.Alive["\"k1\""].Value);
        Assert.Equal(51, (await app.OpenLog().ReadClientAsync(Dataset, "c1", TestContext.Current.CancellationToken))!.LastClientSeq);
    }

    /// <summary>A copied profile pushes at the same time as the one that it was copied from: both passed the check at the door.</summary>
    [Fact]
    public async Task Push_ForkCommitsBetweenCheckAndCommit_IsForked()
    {
        await using var x = await GatedApp.StartAsync(azurite);
        await using var y = await GatedApp.StartAsync(azurite, beside: x);
        var (throughX, throughY, client) = (x.Api(Dataset), y.Api(Dataset), new WireClient("c1"));
        await throughX.PushToEndAsync(Fifty(client));
        var original = client.Batch("b2", client.Put("one", new { text = "original" }));
        client.NextSeq = 51;
        var copy = client.Batch("b3", client.Put("two", new { text = "copy" }));
        using var commits = x.Log.Gate(nameof(IChangeLog.CommitAsync), atMost: 1);

        var pushing = throughX.PushAsync(copy);
        var commit = await commits.NextAsync();
        var taken = await throughY.PushToEndAsync(original);
        var early = await throughX.FindAsync(copy);
        commit.Continue();
        var forked = await pushing;

        Assert.Equal(["applied"], taken.Outcomes);
        Assert.Equal("accepted", early.BatchStatus);
        Assert.Equal((HttpStatusCode.Conflict, "client-forked"), (forked.Status, forked.Problem));
        Assert.Equal("client-forked", (await throughX.FindAsync(copy)).Problem);
        Assert.Equal(51, (await throughX.GetAsync("")).Number("head"));
        Assert.Equal("not-found", (await throughX.RecordAsync("two")).Problem);
    }

    /// <summary>The same, when a part of the batch is known already, and was compared before the copy came.</summary>
    [Fact]
    public async Task Push_ForkCommitsBehindAKnownPart_IsForked()
    {
        await using var x = await GatedApp.StartAsync(azurite);
        await using var y = await GatedApp.StartAsync(azurite, beside: x);
        var (throughX, throughY, client) = (x.Api(Dataset), y.Api(Dataset), new WireClient("c1"));
        var (known, edit) = (client.Put("one", new { n = 1 }), client.Put("two", new { text = "original" }));
        await throughX.PushToEndAsync(client.Batch("b1", known.DeepClone().AsObject()));
        client.NextSeq = 2;
        var copy = client.Batch("b3", client.Put("three", new { text = "copy" }));
        using var commits = x.Log.Gate(nameof(IChangeLog.CommitAsync), atMost: 1);

        var pushing = throughX.PushAsync(client.Batch("b2", known, edit));
        var commit = await commits.NextAsync();
        await throughY.PushToEndAsync(copy);
        commit.Continue();
        var forked = await pushing;

        Assert.Equal((HttpStatusCode.Conflict, "client-forked"), (forked.Status, forked.Problem));
        Assert.Equal("not-found", (await throughX.RecordAsync("two")).Problem);
    }

    /// <summary>A copied profile pushes another edit under the very same batch id, at the same moment: neither is told that its edit went in when the other one's did.</summary>
    [Fact]
    public async Task Push_SameBatchIdWithAnotherBodyAtTheSameTime_IsNotAnsweredWithTheOthersOutcomes()
    {
        var payloads = new GatedCalls();
        await using var app = await GatedApp.StartAsync(azurite, register: services => services.Decorate<IPayloadStore>(inner => new GatedPayloadStore(inner, payloads)));
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        var original = client.Batch("b1", client.Put("one", new { text = Noise(1) }));
        client.NextSeq = 1;
        var copy = client.Batch("b1", client.Put("two", new { text = Noise(2) }));
        using var stores = payloads.Gate(nameof(IPayloadStore.PutAsync), atMost: 2);
        using var commits = app.Log.Gate(nameof(IChangeLog.CommitAsync), atMost: 1);

        var pushing = api.PushToEndAsync(original);
        var first = await stores.NextAsync();
        var copying = api.PushAsync(copy);
        var second = await stores.NextAsync();
        first.Continue();
        var commit = await commits.NextAsync();
        second.Continue();
        commit.Continue();
        var (taken, refused) = (await pushing, await copying);

        Assert.Equal(["applied"], taken.Outcomes);
        Assert.Equal("batch-id-reused", refused.Problem);
        Assert.Equal("not-found", (await api.RecordAsync("two")).Problem);
    }

    /// <summary>More than fits an orchestration's input.</summary>
    private static string Noise(int seed)
    {
        var noise = new byte[16 * 1024];
        new Random(seed).NextBytes(noise);
        return Convert.ToBase64String(noise);
    }

    private static WireBatch Fifty(WireClient client) => client.Batch("b1", Enumerable.Range(1, 50).Select(n => client.Put($"k{n}", new { n })));
}
