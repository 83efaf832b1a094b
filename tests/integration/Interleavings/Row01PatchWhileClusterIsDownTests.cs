using System.Net;
using MyriadSync.Myriad;
using MyriadSync.MyriadEmulator.Faults;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>Cluster unreachable; a patch to a record that is not in the overlay: it waits, and commits later as a patch; never a create.</summary>
public sealed class Row01PatchWhileClusterIsDownTests(SharedAzurite azurite)
{
    private const string Dataset = "row01";

    [Fact]
    public async Task Push_PatchWhileClusterIsUnreachable_WaitsAndCommitsAsPatchLater()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        var made = await api.PushToEndAsync(client.Batch("b1", client.Put("a", new { title = "milk", votes = 3 })));
        app.Stack.Emulator!.Faults.Current = new FaultSet { HBaseUnreachable = true };
        var patch = client.Batch("b2", client.Set("a", "done", true, made.Revs[0]), client.Inc("a", "votes", 1, made.Revs[0]));

        var first = await api.PushAsync(patch, wait: 1);
        var waiting = await WaitingAsync(api, patch);
        var meanwhile = await new Replica().PullAsync(api, 10);
        app.Stack.Emulator.Faults.Reset();
        var settled = await api.EndAsync(patch);

        Assert.Equal((HttpStatusCode.Accepted, "accepted"), (first.Status, first.BatchStatus));
        Assert.Equal("cluster-unreachable", waiting.Text("waitingFor"));
        Assert.Equal([1], meanwhile);
        Assert.Equal(["applied", "applied"], settled.Outcomes);
        var replica = new Replica();
        Assert.Equal([1, 2], await replica.PullAsync(api, 10));
        Assert.Equal((2, """{"done":true,"title":"milk","votes":4}"""), replica.Alive["\"a\""]);
        Assert.Equal(new Dictionary<string, string> { ["title"] = "\"milk\"", ["votes"] = "4", ["done"] = "true" }, app.Cluster.Fields(Dataset, "a"));
    }

    [Fact]
    public async Task Push_PatchWhileClusterIsUnreachable_RecordInOverlay_Commits()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        using var writes = app.Store.Gate(nameof(IRecordStore.WriteAsync), atMost: 1);
        var put = client.Batch("b1", client.Put("a", new { title = "milk" }));
        await api.PushAsync(put, wait: 0);
        var write = await writes.NextAsync();
        app.Stack.Emulator!.Faults.Current = new FaultSet { HBaseUnreachable = true };
        write.Continue();
        await write.Done;

        var patched = await api.PushAsync(client.Batch("b2", client.Set("a", "done", true, 1)), wait: 5);

        Assert.Equal((HttpStatusCode.OK, "committed"), (patched.Status, patched.BatchStatus));
        Assert.Equal(["applied"], patched.Outcomes);
        app.Stack.Emulator.Faults.Reset();
        Assert.Equal("applied", (await api.EndAsync(put)).BatchStatus);
        Assert.Equal("""{"done":true,"title":"milk"}""", (await api.RecordAsync("a")).Body.GetProperty("value").GetRawText());
    }

    /// <summary>The reason is known once the first try to read has failed.</summary>
    private static async Task<WireAnswer> WaitingAsync(WireApi api, WireBatch batch)
    {
        WireAnswer answer = await api.FindAsync(batch);
        await Eventually.TrueAsync(
            "the batch says what it waits for",
            async () => (answer = await api.FindAsync(batch)).Text("waitingFor") is not null,
            TimeSpan.FromSeconds(60));
        return answer;
    }
}
