using System.Text.Json.Nodes;
using Azure.Data.Tables;
using MyriadSync.DevStack;
using MyriadSync.IntegrationTests.ExistingTables;

namespace MyriadSync.IntegrationTests.Rebuild;

/// <summary>A store in a table that others made, with sync's notes in a table beside it: a dead record has a row there alone.</summary>
public sealed class ExistingTableRebuildTests(SharedAzurite azurite)
{
    private const string Table = "shop:goods";
    private const string Dataset = "shop";

    [Fact]
    public async Task Rebuild_DeadRecordWasTheLastCommit_IsSeenInTheTableBeside()
    {
        using var folder = new TemporaryFolder();
        await using var stack = await StartAsync(folder);
        await using var job = new TableJob(stack.HBaseAddress, Table);
        await job.CreateAsync("cf");
        using var client = new SyncClient(stack, Dataset);
        await client.PushAsync(Put("alive"), Put("dead"));
        await client.PushAsync(Change.Delete("goods", "dead", 2));
        await stack.StopAppAsync();
        await TableCopy.Empty.RestoreAsync(new TableServiceClient(stack.Storage));

        var answer = await RebuildRun.OfAsync(stack, Dataset);
        await stack.StartAppAsync(TestContext.Current.CancellationToken);
        using var anew = new SyncClient(stack, Dataset);
        var snapshot = await anew.SnapshotAsync();
        var put = await anew.PushAsync(Change.Put("goods", "dead", JsonNode.Parse("""{"name":"again"}""")!, 3));

        Assert.Empty(answer.Trouble);
        Assert.Equal((1L, 3L, 0L), (answer.Datasets[0].Rows, answer.Datasets[0].HighestRev, answer.Datasets[0].Differing));
        Assert.Equal(["alive 1"], snapshot.Select(record => $"{record["key"]} {record["rev"]}"));
        Assert.Equal(["applied"], put.Outcomes);
        Assert.Equal("cf:name=616761696E", await job.RowAsync("dead"u8.ToArray()));
    }

    private static JsonObject Put(string key) => Change.Put("goods", key, JsonNode.Parse("""{"name":"tea"}""")!);

    private Task<LocalStack> StartAsync(TemporaryFolder folder) => azurite.StartStackAsync(new LocalStackOptions
    {
        Settings = new Dictionary<string, string>
        {
            [StoreFolder.Setting] = StoreFolder.Write(folder, ("goods", $$"""
                {
                  "store": "goods",
                  "table": { "name": "{{Table}}", "key": "utf8", "dataset": "{{Dataset}}", "sync": { "table": "{{TableJob.BesideOf(Table)}}" } },
                  "mapping": { "fields": { "name": { "column": "cf:name", "as": "utf8" } } }
                }
                """)),
        },
    });
}
