using System.Text.Json.Nodes;
using MyriadSync.IntegrationTests.Mapping;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>A value is rounded, defaulted or dropped by the mapping: pull, snapshot, the record and the cluster agree, also after it is read back from there.</summary>
public sealed class Row19ShapedValueTests(SharedAzurite azurite)
{
    private const string Mapping = """
        { "fields": {
            "name": { "column": "d:name", "as": "utf8" },
            "visits": { "column": "d:visits", "as": "int64" },
            "open": { "column": "d:open", "as": "boolean", "default": true },
            "secret": { "drop": true } },
          "others": "drop" }
        """;

    private const string York = """{"name":"York","open":true,"visits":5}""";

    [Fact]
    public async Task Push_RoundedDefaultedAndDropped_IsTheSameWhereverItIsRead()
    {
        await using var apps = new MappedApp(azurite);
        var stack = await apps.StartAsync(Mapping);
        using var client = new SyncClient(stack, "row19");
        using var job = new JobOnCluster(stack, "row19");

        var push = await client.PushAsync(Change.Put("cities", "york", JsonNode.Parse("""{"name":"York","note":"lost","secret":"s","visits":{"$bigint":"5"}}""")!));

        Assert.Equal(["merged"], push.Outcomes);
        Assert.Equal(York, push.Results[0]!["value"]!.ToJsonString());
        Assert.Equal([York], (await client.PullAsync()).Select(change => change["value"]!.ToJsonString()));
        Assert.Equal([York], (await client.SnapshotAsync()).Select(record => record["value"]!.ToJsonString()));
        Assert.Equal("d:name=596F726B d:open=FF d:visits=0000000000000005", await job.RowAsync("york"));

        // Another instance knows nothing of the commit but what the cluster tells, and meets no difference that it would take for a job's.
        var other = await apps.StartAsync(Mapping, beside: stack);
        using var reader = new SyncClient(other, "row19");
        var patch = await reader.PushAsync(Change.Patch("cities", "york", 1, ("set", JsonNode.Parse("""{"/visits":6}""")!)));
        Assert.Equal(["applied"], patch.Outcomes);
        Assert.Equal([2L], patch.Revs);
    }
}
