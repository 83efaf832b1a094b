using System.Text;
using System.Text.Json.Nodes;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Transform;

namespace MyriadSync.IntegrationTests.Mapping;

/// <summary>What becomes of a client's value on its way into typed columns.</summary>
public sealed class ShapedPushTests(SharedAzurite azurite)
{
    [Fact]
    public async Task Push_ValuesInsideAndOutsideTheDomains_AreShapedOrRejectedOneByOne()
    {
        await using var apps = new MappedApp(azurite);
        var stack = await apps.StartAsync(MappedApp.Typed);
        using var client = new SyncClient(stack, "shaped");

        var push = await client.PushAsync(
            Change.Put("cities", "york", JsonNode.Parse("""{"name":"York","population":{"$bigint":"5"},"note":"lost"}""")!),
            Change.Put("cities", "hull", JsonNode.Parse("""{"name":"Hull","population":1.5}""")!),
            Change.Put("cities", "bath", JsonNode.Parse("""{"capital":false,"name":"Bath"}""")!));
        var patch = await client.PushAsync(Change.Patch("cities", "york", 1, ("set", JsonNode.Parse("""{"/lat":"north"}""")!)));
        var pulled = await client.PullAsync();
        var snapshot = await client.SnapshotAsync();

        Assert.Equal(["merged", "rejected", "applied"], push.Outcomes);
        Assert.Equal(("/changes/1/value/population", "out-of-domain"), ((string?)push.Results[1]!["pointer"], (string?)push.Results[1]!["reason"]));
        Assert.Equal(("rejected", "out-of-domain"), (patch.Outcomes[0], (string?)patch.Results[0]!["reason"]));
        const string York = """{"capital":false,"name":"York","population":5}""";
        Assert.Equal(York, push.Results[0]!["value"]!.ToJsonString());
        Assert.Equal(York, pulled.Single(change => (string?)change["key"] == "york")["value"]!.ToJsonString());
        Assert.Equal(York, snapshot.Single(record => (string?)record["key"] == "york")["value"]!.ToJsonString());
    }

    [Fact]
    public async Task Push_ThroughATransformer_PassesBothWaysAndParksOnlyWhatItFailsOn()
    {
        await using var apps = new MappedApp(azurite);
        var stack = await apps.StartAsync("""{ "fields": { "UPPER": { "column": "d:name", "as": "utf8" } }, "others": "drop" }""", transformer: new Shouting());
        using var client = new SyncClient(stack, "code");
        using var job = new JobOnCluster(stack, "code");

        var push = await client.PushAsync(
            Change.Put("cities", "york", JsonNode.Parse("""{"name":"york"}""")!),
            Change.Put("cities", "fail", JsonNode.Parse("""{"name":"fail"}""")!),
            Change.Put("cities", "hull", JsonNode.Parse("""{"name":"hull"}""")!));
        var snapshot = await client.SnapshotAsync();

        Assert.Equal(["applied", "poisoned", "applied"], push.Outcomes);
        Assert.Equal("transform-failed", (string?)push.Results[1]!["reason"]);
        Assert.Equal("d:name=594F524B", await job.RowAsync("york"));
        Assert.Equal(["""{"name":"hull"}""", """{"name":"york"}"""], snapshot.Select(record => record["value"]!.ToJsonString()));
    }

    /// <summary>Names in upper case on the cluster, in lower case for clients.</summary>
    private sealed class Shouting : IChangeTransformer
    {
        public RecordValue ToCluster(string store, RecordValue value) => Move(value, "name", "UPPER", text => text == "\"fail\"" ? throw new InvalidOperationException("no") : text.ToUpperInvariant());

        public RecordValue ToClient(string store, RecordValue value) => Move(value, "UPPER", "name", text => text.ToLowerInvariant());

        private static RecordValue Move(RecordValue value, string from, string to, Func<string, string> change) => value.TryGetField(from, out var json)
            ? RecordValue.Empty.With(to, Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(json.Span))))
            : RecordValue.Empty;
    }
}
