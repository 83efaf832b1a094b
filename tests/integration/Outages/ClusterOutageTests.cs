using MyriadSync.DevStack;
using MyriadSync.MyriadEmulator.Faults;

namespace MyriadSync.IntegrationTests.Outages;

/// <summary>The cluster cannot be reached for a while: at once, or behind a gateway that hangs and lies.</summary>
public sealed class ClusterOutageTests(SharedAzurite azurite)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Ways of being away.</summary>
    public static TheoryData<string> Outages => ["unreachable", "down behind the gateway", "503"];

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task Cluster_Away_WhatTheLogKnowsGoesOnAndTheRestWaits(string outage)
    {
        const string dataset = "outage";
        await using var stack = await azurite.StartStackAsync(new LocalStackOptions { Settings = new Dictionary<string, string> { ["Myriad:HBase:Timeout"] = "00:00:01" } });
        using var ada = new DatasetClient(stack, dataset, "ada");
        using var bob = new DatasetClient(stack, dataset, "bob");
        await ada.PushAsync(ada.Put("todos", "old", """{"n":1}"""));
        await CommitAheadOfClusterAsync(stack, ada);

        stack.Emulator!.Faults.Current = Faults(outage);
        var known = await ada.SendAsync(ada.Batch([ada.Patch("todos", "ahead", """{"set":{"/done":true}}""", on: 2)]), "wait=2");
        var unknown = bob.Batch([bob.Patch("todos", "old", """{"set":{"/done":true}}""", on: 1), bob.Put("todos", "new", "{}")]);
        var accepted = await bob.SendAsync(unknown, "respond-async");
        await Eventually.TrueAsync("the batch says what it waits for", async () => (await bob.StatusAsync(unknown)).Text("waitingFor") != "", Patience);
        var waiting = await bob.StatusAsync(unknown);
        var changes = await bob.PullAllAsync();
        var snapshot = await bob.SnapshotAsync();
        var record = await bob.RecordAsync("todos", "ahead");
        var elsewhere = await bob.RecordAsync("todos", "never-heard-of");

        Assert.Equal((200, "committed"), (known.Status, known.BatchStatus));
        Assert.Equal(["applied 3"], known.Outcomes);
        Assert.Equal((202, "accepted"), (accepted.Status, accepted.BatchStatus));
        Assert.Equal((202, "accepted", "cluster-unreachable"), (waiting.Status, waiting.BatchStatus, waiting.Text("waitingFor")));
        Assert.True(waiting.Json.GetProperty("waitingSince").GetDateTimeOffset() <= TimeProvider.System.GetUtcNow());
        Assert.Equal([1L, 2, 3], changes.Select(change => change.GetProperty("rev").GetInt64()));
        Assert.Equal((503, "cluster-unavailable"), (snapshot.Status, snapshot.Problem));
        Assert.NotNull(snapshot.RetryAfter);
        Assert.Equal((200, true), (record.Status, record.Json.GetProperty("pending").GetBoolean()));
        Assert.Equal((503, "cluster-unavailable"), (elsewhere.Status, elsewhere.Problem));
        Assert.NotNull(elsewhere.RetryAfter);

        stack.Emulator.Faults.Reset();
        await Eventually.TrueAsync("the batch is settled", async () => (await bob.StatusAsync(unknown, "wait=10")).Status == 200, Patience);
        await Eventually.TrueAsync("the cluster has caught up", async () => (await bob.DatasetAsync()).Number("applied") == 5, Patience);

        Assert.Equal(["applied 4", "applied 5"], (await bob.StatusAsync(unknown)).Outcomes);
        Assert.Equal("applied", (await bob.StatusAsync(unknown)).BatchStatus);
        Assert.Equal("d:done=true d:n=1", ClusterRows.Fields(stack, dataset, "todos", "ahead"));
        Assert.Equal("d:done=true d:n=1", ClusterRows.Fields(stack, dataset, "todos", "old"));
        Assert.Equal(["ahead 3 {\"done\":true,\"n\":1}", "new 5 {}", "old 4 {\"done\":true,\"n\":1}"], (await bob.SnapshotAsync()).Records);
    }

    [Fact]
    public async Task Cluster_AwayWhileTheAppStartsAgain_EverythingAcceptedIsStillDone()
    {
        const string dataset = "outage-restart";
        await using var stack = await azurite.StartStackAsync(new LocalStackOptions { Settings = new Dictionary<string, string> { ["Myriad:HBase:Timeout"] = "00:00:01" } });
        using var ada = new DatasetClient(stack, dataset, "ada");
        using var bob = new DatasetClient(stack, dataset, "bob");
        await ada.PushAsync(ada.Put("todos", "old", """{"n":1}"""));
        await CommitAheadOfClusterAsync(stack, ada);
        stack.Emulator!.Faults.Current = Faults("unreachable");
        var unknown = bob.Batch([bob.Patch("todos", "old", """{"set":{"/done":true}}""", on: 1)]);
        var accepted = await bob.SendAsync(unknown, "respond-async");

        await stack.StopAppAsync();
        await stack.StartAppAsync(TestContext.Current.CancellationToken);
        var again = await bob.SendAsync(unknown, "respond-async");
        var known = await ada.SendAsync(ada.Batch([ada.Patch("todos", "ahead", """{"set":{"/done":true}}""", on: 2)]), "wait=2");
        stack.Emulator.Faults.Reset();
        await Eventually.TrueAsync("the batch is settled", async () => (await bob.StatusAsync(unknown, "wait=10")).Status == 200, Patience);
        await Eventually.TrueAsync("the cluster has caught up", async () => (await bob.DatasetAsync()).Number("applied") == 4, Patience);

        Assert.Equal((202, 202), (accepted.Status, again.Status));
        Assert.Equal(["applied 3"], known.Outcomes);
        Assert.Equal(["applied 4"], (await bob.StatusAsync(unknown)).Outcomes);
        Assert.Equal("d:done=true d:n=1", ClusterRows.Fields(stack, dataset, "todos", "ahead"));
        Assert.Equal("d:done=true d:n=1", ClusterRows.Fields(stack, dataset, "todos", "old"));
    }

    /// <summary>A record that is in the log, at rev 2, and not on the cluster: it takes no writes for now.</summary>
    private static async Task CommitAheadOfClusterAsync(LocalStack stack, DatasetClient client)
    {
        stack.Emulator!.Faults.Current = new FaultSet { Rules = [new FaultRule { Action = FaultAction.Answer, Side = EmulatorSide.HBase, Method = "PUT" }] };
        var committed = await client.SendAsync(client.Batch([client.Put("todos", "ahead", """{"n":1}""")]), "wait=1");
        Assert.Equal((200, "committed"), (committed.Status, committed.BatchStatus));
    }

    private static FaultSet Faults(string outage) => outage switch
    {
        "unreachable" => new FaultSet { HBaseUnreachable = true },
        "503" => new FaultSet { Rules = [new FaultRule { Action = FaultAction.Answer, Side = EmulatorSide.HBase }] },
        _ => new FaultSet { ClusterDownAfterMs = 200 },
    };
}
