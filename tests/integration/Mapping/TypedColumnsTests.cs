using System.Text.Json.Nodes;
using Azure.Data.Tables;
using MyriadSync.ChangeLog;

namespace MyriadSync.IntegrationTests.Mapping;

/// <summary>Records of a store with a mapping, as clients and as jobs see them.</summary>
public sealed class TypedColumnsTests(SharedAzurite azurite)
{
    private const string London = """{"capital":true,"lat":51.5,"name":"London","population":9000000}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Push_RecordOfAMappedStore_LiesInHBasesOwnTypes()
    {
        await using var apps = new MappedApp(azurite);
        var stack = await apps.StartAsync(MappedApp.Typed);
        using var client = new SyncClient(stack, "typed");
        using var job = new JobOnCluster(stack, "typed");

        await client.PushAsync(Change.Put("cities", "london", JsonNode.Parse(London)!));
        var whole = await job.RowAsync("london");
        await client.PushAsync(Change.Patch("cities", "london", 1, ("inc", JsonNode.Parse("""{"/population":1}""")!), ("unset", JsonNode.Parse("""["/lat"]""")!)));
        var patched = await job.RowAsync("london");
        await job.PutAsync("london", ("d:score", "9"u8.ToArray()));
        await client.PushAsync(Change.Delete("cities", "london", 2));

        Assert.Equal("d:capital=FF d:name=4C6F6E646F6E d:pop=0000000000895440 d:type=63697479 geo:lat=4049C00000000000", whole);
        Assert.Equal("d:capital=FF d:name=4C6F6E646F6E d:pop=0000000000895441 d:type=63697479", patched);
        Assert.Equal("d:score=39", await job.RowAsync("london"));
    }

    [Fact]
    public async Task JobsTypedCells_BeforeTheNextEdit_ComeBackInTheClientsShape()
    {
        await using var apps = new MappedApp(azurite);
        var stack = await apps.StartAsync(MappedApp.Typed);
        using var client = new SyncClient(stack, "job");
        using var job = new JobOnCluster(stack, "job");
        await client.PushAsync(Change.Put("cities", "york", JsonNode.Parse("""{"capital":false,"name":"York"}""")!));
        await client.PullAsync();

        await job.PutAsync("york", ("d:pop", Convert.FromHexString("0000000000031510")), ("geo:lat", Convert.FromHexString("404AFC28F5C28F5C")), ("d:secret", "x"u8.ToArray()));
        await client.PushAsync(After(client, Change.Patch("cities", "york", 1, ("set", JsonNode.Parse("""{"/capital":true}""")!))));

        var changes = await client.PullAsync();
        Assert.Equal("myriad", (string?)changes[0]["by"]);
        Assert.Equal("""{"capital":true,"lat":53.97,"name":"York","population":202000}""", changes[^1]["value"]!.ToJsonString());
        Assert.Contains("d:secret=78", await job.RowAsync("york"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task JobsUnreadableCell_InAFieldThatTakesItsDefault_LosesOnlyThatField()
    {
        await using var apps = new MappedApp(azurite);
        var stack = await apps.StartAsync(MappedApp.Typed);
        using var client = new SyncClient(stack, "lenient");
        using var job = new JobOnCluster(stack, "lenient");
        await client.PushAsync(Change.Put("cities", "york", JsonNode.Parse("""{"capital":true,"lat":1.5,"name":"York"}""")!));
        await client.PullAsync();

        await job.PutAsync("york", ("geo:lat", "north"u8.ToArray()), ("d:capital", "yes"u8.ToArray()));
        await client.PushAsync(After(client, Change.Patch("cities", "york", 1, ("set", JsonNode.Parse("""{"/population":5}""")!))));
        await client.PushAsync(Change.Patch("cities", "york", 3, ("set", JsonNode.Parse("""{"/population":6}""")!)));

        var changes = await client.PullAsync();
        Assert.Equal("""{"capital":false,"name":"York","population":6}""", changes[^1]["value"]!.ToJsonString());
        Assert.Single(changes, change => (string?)change["by"] == "myriad");
    }

    [Fact]
    public async Task JobsUnreadableCell_InAFieldThatIsToBeParked_LeavesTheRecordAndTellsOperatorsOnce()
    {
        await using var apps = new MappedApp(azurite);
        var stack = await apps.StartAsync(MappedApp.Typed);
        using var client = new SyncClient(stack, "parked");
        using var job = new JobOnCluster(stack, "parked");
        await client.PushAsync(Change.Put("cities", "york", JsonNode.Parse("""{"capital":false,"name":"York","population":5}""")!));

        await job.PutAsync("york", ("d:pop", "many"u8.ToArray()), ("d:name", "Jorvik"u8.ToArray()));
        var before = (await client.SnapshotAsync())[0]["value"]!.ToJsonString();
        var push = await client.PushAsync(Change.Patch("cities", "york", 1, ("set", JsonNode.Parse("""{"/lat":1.5}""")!)));
        var neighbour = await client.PushAsync(Change.Put("cities", "hull", JsonNode.Parse("""{"capital":false,"name":"Hull"}""")!));

        Assert.Equal("""{"capital":false,"name":"York","population":5}""", before);
        Assert.Equal(("applied", "applied"), ((string?)push.Body["results"]![0]!["outcome"], (string?)neighbour.Body["results"]![0]!["outcome"]));
        Assert.Equal("d:capital=00 d:name=596F726B d:pop=0000000000000005 d:type=63697479 geo:lat=3FF8000000000000", await job.RowAsync("york"));
        await Eventually.TrueAsync("the row is recorded", async () => (await PoisonAsync(stack.Storage)).Count > 0, TimeSpan.FromSeconds(60));
        var entry = Assert.Single(await PoisonAsync(stack.Storage));
        Assert.Equal(("row", "unreadable-cell", "cities"), (entry.GetString("Kind"), entry.GetString("Reason"), entry.GetString("Store")));
        Assert.Equal("The cell d:pop is no int64 of 8 bytes.", entry.GetString("Detail"));
    }

    /// <summary>The change as an edit that is later than the job's, whatever the clocks of gateway and test say.</summary>
    private static JsonObject After(SyncClient client, JsonObject change)
    {
        change["at"] = MyriadSync.Contracts.HybridTime.FromMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 10_000, client.ClientId).ToString();
        return change;
    }

    private static async Task<List<TableEntity>> PoisonAsync(string storage)
    {
        var table = new TableServiceClient(storage).GetTableClient(StorageNames.PoisonTable);
        await table.CreateIfNotExistsAsync(Cancel);
        return await table.QueryAsync<TableEntity>(row => row.PartitionKey == "parked", cancellationToken: Cancel).ToListAsync(Cancel);
    }
}
