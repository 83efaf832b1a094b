using MyriadSync.Myriad;
using MyriadSync.Payloads;

namespace MyriadSync.IntegrationTests.Retention;

/// <summary>Poison that was dealt with is forgotten in the end; what waits for somebody is not.</summary>
public sealed class PoisonRetentionTests(SharedAzurite azurite)
{
    private const string Dataset = "poison";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ClosedEntries_GoWithTheirItemsPastRetentionAndOpenOnesStay()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        using var client = new DatasetClient(app.Stack, Dataset);
        var (job, future) = (new ClusterJob(app.Services.Get<IRecordStore>(), Dataset), ClusterJob.Future);
        await job.PutAsync("todos", "a", "d:later", "1", future);
        await job.PutAsync("todos", "b", "d:later", "1", future);
        var parked = await client.PushAsync(client.Put("todos", "a", "{}"), client.Put("todos", "b", "{}"));
        var ids = parked.Results.Select(result => result.GetProperty("poisonId").GetString()!).ToList();
        await Eventually.TrueAsync("both are recorded", async () => (await ListAsync(client)).Count == 2, TimeSpan.FromSeconds(60));
        await client.PostAsync($"/poison/{ids[0]}/discard", System.Text.Json.Nodes.JsonNode.Parse("""{"reason":"of no use"}""")!.AsObject());
        var items = await ItemsAsync(app);

        await RetentionRun.OfAsync(app, daysLater: 29);
        var early = await ListAsync(client);
        await RetentionRun.OfAsync(app);

        Assert.Equal(ids.Order(), early.Order());
        Assert.Equal([ids[1]], await ListAsync(client));
        Assert.Equal((2, 1), (items, await ItemsAsync(app)));
    }

    private static async Task<List<string>> ListAsync(DatasetClient client) =>
        [.. (await client.GetAsync("/poison")).Json.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("poisonId").GetString()!)];

    private static async Task<int> ItemsAsync(GatedApp app) =>
        await app.Services.Get<IPayloadStore>().ListAsync("parked/", DateTimeOffset.MaxValue, Cancel).CountAsync(Cancel);
}
