using System.Net;
using MyriadSync.ChangeLog;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>41-45 are committed, the reply is lost, the client's row is gone (a restore); the client sends again: nothing is applied twice silently.</summary>
public sealed class Row11ForgottenClientTests(SharedAzurite azurite)
{
    private const string Dataset = "row11";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Push_ClientRowIsGone_IsUnknownAndNothingIsAppliedTwice()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        await api.PushToEndAsync(client.Batch("b1", Enumerable.Range(1, 40).Select(n => client.Put($"k{n}", new { n }))));
        var batch = client.Batch("b2", Enumerable.Range(1, 5).Select(_ => client.Inc("k1", "n", 1, 1)));
        var unsent = client.Inc("k1", "n", 100, 1);

        await LoseReplyAsync(app, api, batch);
        await app.Tables().GetTableClient(StorageNames.ChangeLogTable).DeleteEntityAsync(Dataset, "client|c1", cancellationToken: Cancel);
        var again = await api.PushAsync(batch);
        var asAnother = await api.PushAsync(batch with { Body = batch.Body.Replace("\"b2\"", "\"b3\"", StringComparison.Ordinal) });

        Assert.Equal((HttpStatusCode.Conflict, "client-unknown"), (again.Status, again.Problem));
        Assert.Equal(1, again.Number("expectedSeq"));
        Assert.Equal("client-unknown", asAnother.Problem);
        Assert.Equal("""{"n":6}""", (await api.RecordAsync("k1")).Body.GetProperty("value").GetRawText());
        Assert.Equal(41, (await api.GetAsync("")).Number("head"));

        // What was never sent goes on under a new id; what was sent is for the user to look at, against the record as it stands.
        var anew = new WireClient("c2");
        var survived = await api.PushToEndAsync(anew.Batch("b1", anew.Inc("k1", "n", unsent["inc"]!["/n"]!.GetValue<long>(), 41)));
        Assert.Equal(["applied"], survived.Outcomes);
        Assert.Equal("""{"n":106}""", (await api.RecordAsync("k1")).Body.GetProperty("value").GetRawText());
    }

    [Fact]
    public async Task Push_ClientRowIsGoneAndTheFirstBatchComesAgain_IsUnknownToo()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        var first = client.Batch("b1", client.Put("k1", new { n = 1 }));
        await api.PushToEndAsync(first);
        await app.Tables().GetTableClient(StorageNames.ChangeLogTable).DeleteEntityAsync(Dataset, "client|c1", cancellationToken: Cancel);

        var again = await api.PushAsync(first with { Body = first.Body.Replace("\"b1\"", "\"b2\"", StringComparison.Ordinal) });

        Assert.Equal((HttpStatusCode.Conflict, "client-unknown"), (again.Status, again.Problem));
        Assert.Equal(1, (await api.GetAsync("")).Number("head"));
    }

    /// <summary>The client leaves while its commit is held, done and unanswered.</summary>
    private static async Task LoseReplyAsync(GatedApp app, WireApi api, WireBatch batch)
    {
        using var commits = app.Log.Gate(nameof(IChangeLog.CommitAsync), CallSide.After, atMost: 1);
        var arrives = commits.NextAsync();
        await api.PushAndLeaveAsync(batch, arrives);
        (await arrives).Continue();
        await api.EndAsync(batch);
    }
}
