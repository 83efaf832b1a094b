using MyriadSync.MyriadEmulator.Faults;
using MyriadSync.Payloads;

namespace MyriadSync.IntegrationTests.Retention;

/// <summary>Bodies of batches that nobody waits for are removed; the others are not.</summary>
public sealed class ClaimCheckRetentionTests(SharedAzurite azurite)
{
    private const string Dataset = "claims";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ClaimCheckWithoutABatch_IsRemovedPastRetentionOnly()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var payloads = app.Services.Get<IPayloadStore>();
        await payloads.PutAsync("batches/batch-gone/hash", "left behind"u8.ToArray(), Cancel);
        await payloads.PutAsync("parked/of-an-operator", "not ours"u8.ToArray(), Cancel);

        await RetentionRun.OfAsync(app, daysLater: 29);
        var early = await payloads.GetAsync("batches/batch-gone/hash", Cancel);
        await RetentionRun.OfAsync(app);

        Assert.NotNull(early);
        Assert.Null(await payloads.GetAsync("batches/batch-gone/hash", Cancel));
        Assert.NotNull(await payloads.GetAsync("parked/of-an-operator", Cancel));
    }

    [Fact]
    public async Task Run_BatchWaitsForTheCluster_KeepsItsBody()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        var large = client.Batch("b1", Enumerable.Range(1, 900).Select(n => client.Put($"{Guid.CreateVersion7()}", new { id = Guid.NewGuid(), n })));
        app.Stack.Emulator!.Faults.Current = new FaultSet { HBaseUnreachable = true };
        var waiting = await api.PushAsync(large, wait: 0);
        var payloads = app.Services.Get<IPayloadStore>();
        var stored = await payloads.ListAsync("batches/", DateTimeOffset.MaxValue, Cancel).ToListAsync(Cancel);

        await RetentionRun.OfAsync(app);
        app.Services.Get<MyriadSync.Orchestration.BatchMemory>().Forget(stored[0].Name.Split('/')[1]);
        app.Stack.Emulator.Faults.Reset();
        var settled = await api.EndAsync(large);

        Assert.Equal("accepted", waiting.BatchStatus);
        Assert.Equal("applied", settled.BatchStatus);
        Assert.Equal(900, settled.Outcomes.Count(outcome => outcome == "applied"));
    }

    [Fact]
    public async Task DeleteUnchanged_StoredAgainSinceItWasFound_StaysThere()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var payloads = app.Services.Get<IPayloadStore>();
        await payloads.PutAsync("batches/i/h", "one"u8.ToArray(), Cancel);
        var found = Assert.Single(await payloads.ListAsync("batches/", DateTimeOffset.MaxValue, Cancel).ToListAsync(Cancel));
        await payloads.PutAsync("batches/i/h", "one"u8.ToArray(), Cancel);

        var deleted = await payloads.DeleteUnchangedAsync(found, Cancel);

        Assert.False(deleted);
        Assert.NotNull(await payloads.GetAsync("batches/i/h", Cancel));
    }
}
