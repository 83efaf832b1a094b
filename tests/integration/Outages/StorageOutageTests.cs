using System.Globalization;
using MyriadSync.DevStack;

namespace MyriadSync.IntegrationTests.Outages;

/// <summary>Storage stops and starts again while clients push.</summary>
public sealed class StorageOutageTests
{
    private const string Dataset = "storage";
    private const int Clients = 4;
    private const int BatchesAClient = 12;
    private const int ChangesABatch = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private int _settled;
    private int _failed;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Azurite_StoppedAndStartedUnderLoad_NothingIsLostAndNothingTwice()
    {
        using var folder = new TemporaryFolder();
        await using var stack = await LocalStack.StartAsync(new LocalStackOptions { Data = folder.Path }, Cancel);
        using var reader = new DatasetClient(stack, Dataset, "reader");

        var load = Enumerable.Range(0, Clients).Select(number => PushAllAsync(stack, number)).ToList();
        for (var outage = 1; outage <= 2; outage++)
        {
            await Eventually.TrueAsync("some batches are through", () => _settled >= outage * Clients * BatchesAClient / 4, Patience);
            await stack.Azurite.StopAsync();
            var failed = _failed;
            await Eventually.TrueAsync("clients are told", () => _failed > failed + 1, Patience);
            Assert.Equal((503, "storage-unavailable"), await Problem(reader.PullAsync()));
            await stack.Azurite.StartAsync(Cancel);
        }

        await Task.WhenAll(load).WaitAsync(Patience, Cancel);

        // All changes of a batch are to one record, so each batch is one entry.
        const int total = Clients * BatchesAClient;
        var changes = await reader.PullAllAsync();
        Assert.Equal(Enumerable.Range(1, total).Select(rev => (long)rev), changes.Select(change => change.GetProperty("rev").GetInt64()));
        await Eventually.TrueAsync("the cluster has caught up", async () => (await reader.DatasetAsync()).Number("applied") == total, Patience);
        var counted = (BatchesAClient * ChangesABatch).ToString(CultureInfo.InvariantCulture);
        for (var number = 0; number < Clients; number++)
            Assert.Equal($"d:n={counted}", ClusterRows.Fields(stack, Dataset, "counts", $"c{number}"));
    }

    /// <summary>Counts up a record of its own, batch after batch; without an answer, or after 503, it sends the same again.</summary>
    private async Task PushAllAsync(LocalStack stack, int number)
    {
        using var client = new DatasetClient(stack, Dataset, $"c{number}");
        for (var sent = 0; sent < BatchesAClient; sent++)
        {
            var batch = client.Batch(Enumerable.Range(0, ChangesABatch).Select(_ => client.Patch("counts", $"c{number}", """{"inc":{"/n":1}}""")));
            await Eventually.TrueAsync("the batch is settled", async () => await TrySendAsync(client, batch), Patience);
            Interlocked.Increment(ref _settled);
        }
    }

    private async Task<bool> TrySendAsync(DatasetClient client, System.Text.Json.Nodes.JsonObject batch)
    {
        var reply = await client.SendAsync(batch, "wait=5");
        if (reply.Status >= 500)
        {
            Assert.Equal((503, "storage-unavailable"), (reply.Status, reply.Problem));
            Interlocked.Increment(ref _failed);
            return false;
        }

        Assert.True(reply.Status is 200 or 202, reply.ToString());
        if (reply.Status == 200)
            Assert.All(reply.Results, result => Assert.True(result.GetProperty("outcome").GetString() is "applied" or "merged", reply.ToString()));
        return reply.Status == 200;
    }

    private static async Task<(int Status, string Problem)> Problem(Task<DatasetReply> reply) => ((await reply).Status, (await reply).Problem);
}
