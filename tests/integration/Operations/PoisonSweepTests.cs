using Azure.Storage.Queues;
using MyriadSync.ChangeLog;
using MyriadSync.Poison;
using static MyriadSync.IntegrationTests.Operations.PoisonStack;

namespace MyriadSync.IntegrationTests.Operations;

/// <summary>Messages that the runtime gave up.</summary>
public sealed class PoisonSweepTests(StackFixture fixture) : IClassFixture<StackFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweep_TwoCopiesOfAMessage_AreOneEntryThatGoesBackToItsQueue()
    {
        using var ada = new DatasetClient(fixture.Stack, "sweep", "ada");
        await ada.PushAsync(ada.Put("todos", "a", "{}"));
        await LeaveAsync(StorageNames.ApplyPoisonQueue, """{"v":1,"dataset":"sweep"}""", copies: 2);
        await Eventually.TrueAsync("the queue is empty", () => IsEmptyAsync(StorageNames.ApplyPoisonQueue), TimeSpan.FromSeconds(60));

        var id = Assert.Single(Ids(await ada.GetAsync("/poison?kind=message")));
        var entry = await ada.GetAsync($"/poison/{id}");
        var redriven = await ada.PostAsync($"/poison/{id}/redrive");

        Assert.Equal(("open", 1, "sync-apply"), (entry.Text("state"), entry.Number("attempts"), entry.Text("queue")));
        Assert.Equal("""{"v":1,"dataset":"sweep"}""", System.Text.Encoding.UTF8.GetString(entry.Json.GetProperty("message").GetBytesFromBase64()));
        Assert.Equal("redriven", redriven.Text("state"));
        await Eventually.TrueAsync("the message was processed", () => IsEmptyAsync(StorageNames.ApplyQueue), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Sweep_FailedOnceMore_IsTheSameEntryWithOneMoreAttempt()
    {
        using var ada = new DatasetClient(fixture.Stack, "sweep-again", "ada");
        await LeaveAsync(StorageNames.PoisonQueue, """{"v":1,"dataset":"sweep-again"}""");
        await Eventually.TrueAsync("the entry is there", async () => Ids(await ada.GetAsync("/poison")).Count == 1, TimeSpan.FromSeconds(60));
        var id = Ids(await ada.GetAsync("/poison"))[0];
        await ada.PostAsync($"/poison/{id}/discard", Body("""{"reason":"a test"}"""));

        await LeaveAsync(StorageNames.PoisonQueue, """{"v":1,"dataset":"sweep-again"}""");

        await Eventually.TrueAsync("the entry is open again", async () => (await ada.GetAsync($"/poison/{id}")).Text("state") == "open", TimeSpan.FromSeconds(60));
        Assert.Equal(2, (await ada.GetAsync($"/poison/{id}")).Number("attempts"));
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("""{"dataset":"../../etc"}""")]
    [InlineData("[1]")]
    public async Task Sweep_MessageWithoutADataset_IsShownToWhoOperatesAll(string text)
    {
        using var all = new DatasetClient(fixture.Stack, PoisonEntry.NoDataset, "ada");
        var id = PoisonIds.OfMessage(StorageNames.PoisonQueue, System.Text.Encoding.UTF8.GetBytes(text));

        await LeaveAsync(StorageNames.PoisonQueue, text);

        await RecordedAsync(all, [id]);
        Assert.Contains(id, Ids(await all.GetAsync("/poison?kind=message")));
    }

    private async Task LeaveAsync(string queue, string text, int copies = 1)
    {
        var client = Queue(queue);
        await client.CreateIfNotExistsAsync(cancellationToken: Cancel);
        for (var i = 0; i < copies; i++)
            await client.SendMessageAsync(text, Cancel);
    }

    private async Task<bool> IsEmptyAsync(string queue) => (await Queue(queue).GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount == 0;

    private QueueClient Queue(string name) => new(fixture.Stack.Storage, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
}
