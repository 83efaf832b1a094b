using MyriadSync.DevStack;

namespace MyriadSync.IntegrationTests.Scans;

/// <summary>A job writes, the timer finds it, and a browser that waits for changes has it: by the whole path, on a schedule.</summary>
public sealed class LongPollTests(SharedAzurite azurite)
{
    private static readonly LocalStackOptions EverySecond = new() { Settings = new Dictionary<string, string> { ["Myriad:Scan:Schedule"] = "* * * * * *" } };

    [Fact]
    public async Task Changes_JobPutsARecordThatNobodyKnows_AnswersTheWaitingClientWithIt()
    {
        await using var stack = await azurite.StartStackAsync(EverySecond);
        using var client = new SyncClient(stack, "polled");
        using var job = new RestJob(stack.HBaseAddress, "polled");
        await client.PushAsync(Support.Change.Put("todos", "other", 1));
        await client.PullAsync();

        var waiting = client.GetAsync($"changes?since={client.Cursor}&wait=30");
        await job.PutAsync("todos", "k", ("d:title", "\"milk\""), ("d:done", "false"));
        var page = await waiting;

        var change = Assert.Single(page["changes"]!.AsArray())!;
        Assert.Equal(("todos", "k", "myriad", 2), ((string?)change["store"], (string?)change["key"], (string?)change["by"], (int?)change["rev"]));
        Assert.Equal("""{"done":false,"title":"milk"}""", change["value"]!.ToJsonString());
    }

    [Fact]
    public async Task Changes_JobEditsARecordOfABrowser_AnswersTheWaitingClientWithItOnce()
    {
        await using var stack = await azurite.StartStackAsync(EverySecond);
        using var client = new SyncClient(stack, "edited");
        using var job = new RestJob(stack.HBaseAddress, "edited");
        await client.PushAsync(Support.Change.Put("todos", "k", new System.Text.Json.Nodes.JsonObject { ["title"] = "milk", ["done"] = false }));
        await client.PullAsync();

        var waiting = client.GetAsync($"changes?since={client.Cursor}&wait=30");
        await job.PutAsync("todos", "k", ("d:done", "true"));
        var page = await waiting;
        client.Cursor = (string?)page["cursor"];
        var none = await client.GetAsync($"changes?since={client.Cursor}&wait=3");

        Assert.Equal("""{"done":true,"title":"milk"}""", Assert.Single(page["changes"]!.AsArray())!["value"]!.ToJsonString());
        Assert.Empty(none["changes"]!.AsArray());
        Assert.Equal("d:done=true d:title=\"milk\"", await job.FieldsAsync("todos", "k"));
    }
}
