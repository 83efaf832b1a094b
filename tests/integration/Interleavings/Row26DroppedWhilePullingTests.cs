using MyriadSync.ChangeLog;
using MyriadSync.Contracts;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>A puller has passed the check; the segments that it is about to read are dropped; it reads: 410, nothing is skipped. A snapshot likewise.</summary>
public sealed class Row26DroppedWhilePullingTests(SharedAzurite azurite)
{
    private const string Dataset = "row26";

    /// <param name="since">Where the puller is: at the beginning of what is dropped, or in the middle.</param>
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Pull_SegmentsAreDroppedAfterTheCheck_IsGone(long since)
    {
        await using var x = await GatedApp.StartAsync(azurite);
        await using var y = await GatedApp.StartAsync(azurite, beside: x);
        var (pulling, writing) = (y.Api(Dataset), x.Api(Dataset));
        await FillAsync(writing);
        var cursor = new Cursor((await writing.GetAsync("")).Text("epoch")!, since);
        using var reads = y.Log.Gate(nameof(IChangeLog.ReadSegmentsAsync), atMost: 1);

        var pull = pulling.GetAsync($"changes?since={cursor}&limit=100");
        var read = await reads.NextAsync();
        await RetentionRun.OfAsync(x);
        read.Continue();
        var answer = await pull;

        Assert.Equal(("cursor-gone", "retention"), (answer.Problem, answer.Text("reason")));
    }

    /// <summary>The first part of a page was read before the segments went, the second after it.</summary>
    [Fact]
    public async Task Pull_SegmentsAreDroppedInTheMiddleOfAPage_IsGone()
    {
        await using var x = await GatedApp.StartAsync(azurite);
        await using var y = await GatedApp.StartAsync(azurite, beside: x);
        var (pulling, writing) = (y.Api(Dataset), x.Api(Dataset));
        await FillAsync(writing);
        using var reads = y.Log.Gate(nameof(IChangeLog.ReadSegmentsAsync));

        // Nothing is in the store that is wanted, so the page is looked for by one read after the other.
        var cursor = new Cursor((await writing.GetAsync("")).Text("epoch")!, 1);
        var pull = pulling.GetAsync($"changes?since={cursor}&limit=2&stores=elsewhere");
        (await reads.NextAsync()).Continue();
        var second = await reads.NextAsync();
        await RetentionRun.OfAsync(x);
        reads.Dispose();
        second.Continue();
        var answer = await pull;

        Assert.Equal(("cursor-gone", "retention"), (answer.Problem, answer.Text("reason")));
    }

    [Fact]
    public async Task Snapshot_RetentionPassesBetweenItsPages_IsGoneUnlessItIsAsNewAsTheLog()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var api = app.Api(Dataset);
        await FillAsync(api);
        var (old, current) = (new Replica(), new Replica());
        var oldPage = await old.LoadPageAsync(api, null, 2);
        await FillAsync(api, "c2");
        var currentPage = await current.LoadPageAsync(api, null, 2);

        await RetentionRun.OfAsync(app);
        var gone = await api.GetAsync($"snapshot?limit=2&page={oldPage}");
        await current.LoadAsync(api, 2, currentPage);
        var pulled = await current.PullAsync(api, 10);

        Assert.Equal(("cursor-gone", "retention"), (gone.Problem, gone.Text("reason")));
        Assert.Empty(pulled);
        Assert.Equal(16, current.Alive.Count);
    }

    /// <summary>Eight segments of one record each.</summary>
    private static async Task FillAsync(WireApi api, string clientId = "c1")
    {
        var client = new WireClient(clientId);
        for (var i = 1; i <= 8; i++)
            await api.PushToEndAsync(client.Batch($"b{i}", client.Put($"{clientId}-{i}", new { i })));
    }
}
