using System.Text.Json.Nodes;
using MyriadSync.DevStack;

namespace MyriadSync.IntegrationTests.Audits;

/// <summary>A job deletes a row, the timers begin an audit and bring it to its end, and a browser that waits for changes learns of it.</summary>
public sealed class AuditTimerTests(SharedAzurite azurite)
{
    private const string EverySecond = "* * * * * *";

    [Fact]
    public async Task Changes_JobDeletesARow_AnswersTheWaitingClientWithItOnce()
    {
        await using var stack = await azurite.StartStackAsync(new LocalStackOptions
        {
            Settings = new Dictionary<string, string> { ["Myriad:Audit:Schedule"] = EverySecond, ["Recovery:Schedule"] = EverySecond },
        });
        using var client = new SyncClient(stack, "timed");
        using var job = new RestJob(stack.HBaseAddress, "timed");
        await client.PushAsync(Support.Change.Put("todos", "k", 1), Support.Change.Put("todos", "other", 2));
        await client.PullAsync();

        var waiting = WaitAsync(client);
        await job.DeleteAsync("todos", "k");
        var page = await waiting;
        client.Cursor = (string?)page["cursor"];
        var none = await client.GetAsync($"changes?since={client.Cursor}&wait=3");

        var change = Assert.Single(page["changes"]!.AsArray())!;
        Assert.Equal(("delete", "k", "myriad", 3), ((string?)change["op"], (string?)change["key"], (string?)change["by"], (int?)change["rev"]));
        Assert.Empty(none["changes"]!.AsArray());
    }

    private static async Task<JsonNode> WaitAsync(SyncClient client)
    {
        var page = await client.GetAsync($"changes?since={client.Cursor}&wait=30");
        return page["changes"]!.AsArray().Count > 0 ? page : await client.GetAsync($"changes?since={client.Cursor}&wait=30");
    }
}
