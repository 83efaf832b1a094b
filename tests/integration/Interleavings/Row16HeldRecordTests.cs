using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts.Stores;
using MyriadSync.MyriadEmulator.Faults;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>The cluster refuses a committed row for good; a patch to the same record follows; a new client takes a snapshot.</summary>
public sealed class Row16HeldRecordTests(StackFixture fixture) : IClassFixture<StackFixture>, IDisposable
{
    private const string Store = "todos";
    private const string Key = "a1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => fixture.Stack.Emulator!.Faults.Reset();

    [Fact]
    public async Task Apply_RowRefusedForGood_MovesOnAndTheRecordLivesOnInTheLog()
    {
        const string dataset = "row16";
        using var ada = await HoldAsync(dataset);

        using var bob = new DatasetClient(fixture.Stack, dataset, "bob");
        var neighbour = await bob.PushAsync(bob.Put(Store, "z", """{"n":1}"""));
        var patch = await bob.PushAsync(bob.Patch(Store, "a1", """{"set":{"/done":true}}""", on: 2));

        Assert.Equal(["applied 3"], neighbour.Outcomes);
        Assert.Equal(["applied 4"], patch.Outcomes);
        Assert.Equal("applied", patch.BatchStatus);
        Assert.Equal("1", ClusterRows.Of(fixture.Stack, dataset, Store, Key)["m:rev"]);
        using var eve = new DatasetClient(fixture.Stack, dataset, "eve");
        Assert.Equal(["a1 4 {\"done\":true,\"title\":\"bread\"}", "z 3 {\"n\":1}"], (await eve.SnapshotAsync()).Records);
        var record = await eve.RecordAsync(Store, Key);
        Assert.NotEqual("", record.Text("held"));
        Assert.False(record.Json.GetProperty("pending").GetBoolean());
    }

    [Fact]
    public async Task Apply_RowTakenAgain_WritesTheWholeRecordAndLetsGo()
    {
        const string dataset = "row16-again";
        using var ada = await HoldAsync(dataset);
        await ada.PushAsync(ada.Patch(Store, "a1", """{"set":{"/done":true},"unset":["/due"]}""", on: 2));

        fixture.Stack.Emulator!.Faults.Reset();
        var edit = await ada.PushAsync(ada.Patch(Store, "a1", """{"set":{"/qty":2}}""", on: 3));

        Assert.Equal(["applied 4"], edit.Outcomes);
        Assert.Equal("d:done=true d:qty=2 d:title=\"bread\"", ClusterRows.Fields(fixture.Stack, dataset, Store, Key));
        Assert.Equal("4", ClusterRows.Of(fixture.Stack, dataset, Store, Key)["m:rev"]);
        Assert.Equal("", (await ada.RecordAsync(Store, Key)).Text("held"));
        Assert.Equal(0, (await new TableChangeLog(Tables, MappingSet.Plain).ReadAppliedAsync(dataset, Cancel)).Held);
        using var eve = new DatasetClient(fixture.Stack, dataset, "eve");
        Assert.Equal(["a1 4 {\"done\":true,\"qty\":2,\"title\":\"bread\"}"], (await eve.SnapshotAsync()).Records);
    }

    [Fact]
    public async Task Apply_RowRefusedAgainAndAgain_TellsOperatorsOnce()
    {
        const string dataset = "row16-poison";
        using var ada = await HoldAsync(dataset);

        await ada.PushAsync(ada.Patch(Store, "a1", """{"set":{"/done":true}}""", on: 2));
        await ada.PushAsync(ada.Patch(Store, "a1", """{"set":{"/done":false}}""", on: 3));

        var queue = new QueueClient(fixture.Stack.Storage, StorageNames.PoisonQueue);
        await Eventually.TrueAsync("the poison queue is empty", async () => (await queue.GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount == 0, TimeSpan.FromSeconds(60));
        var parked = await Tables.GetTableClient(StorageNames.PoisonTable).QueryAsync<TableEntity>(row => row.PartitionKey == dataset, cancellationToken: Cancel).ToListAsync(Cancel);
        Assert.Equal("held", Assert.Single(parked).GetString("Kind"));
        Assert.Equal(1, (await new TableChangeLog(Tables, MappingSet.Plain).ReadAppliedAsync(dataset, Cancel)).Held);
    }

    private TableServiceClient Tables => new(fixture.Stack.Storage);

    /// <summary>A record at rev 1 on the cluster, and at rev 2 in the log, because the cluster refuses it.</summary>
    private async Task<DatasetClient> HoldAsync(string dataset)
    {
        var ada = new DatasetClient(fixture.Stack, dataset, "ada");
        await ada.PushAsync(ada.Put(Store, "a1", """{"title":"milk","due":"mon"}"""));
        fixture.Stack.Emulator!.Faults.Current = new FaultSet { RefusedRows = [$"^{Regex.Escape(Keys.Row(dataset, Key, Store))}$"] };
        var refused = await ada.PushAsync(ada.Put(Store, "a1", """{"title":"bread"}""", on: 1));
        Assert.Equal(["applied 2"], refused.Outcomes);
        Assert.Equal("applied", refused.BatchStatus);
        Assert.Equal(2, (await ada.DatasetAsync()).Number("applied"));
        return ada;
    }
}
