using MyriadSync.DevStack;

namespace MyriadSync.IntegrationTests.Stores;

/// <summary>A store that keeps its keys in its values takes no record under a key that it does not say.</summary>
public sealed class KeyPathTests(SharedAzurite azurite)
{
    [Fact]
    public async Task Push_ValueSaysAnotherKey_IsRejectedAndItsNeighboursGoOn()
    {
        using var folder = new TemporaryFolder();
        await using var stack = await azurite.StartStackAsync(new LocalStackOptions
        {
            Settings = new Dictionary<string, string> { [StoreFolder.Setting] = StoreFolder.Write(folder, ("notes", """{ "store": "notes", "keyPath": "id" }""")) },
        });
        using var client = new DatasetClient(stack, "keys");

        var push = await client.PushAsync(
            client.Put("notes", "a", """{"id":"b","title":"t"}"""),
            client.Put("notes", "c", """{"id":"c","title":"t"}"""),
            client.Patch("notes", "c", """{"set":{"/id":"d"}}"""),
            client.Delete("notes", "c"));

        Assert.Equal(["rejected", "applied", "rejected", "rejected"], push.Results.Select(result => result.GetProperty("outcome").GetString()));
        Assert.Equal(
            [("key-path", "/changes/0/value/id"), ("key-path", "/changes/2/set/~1id")],
            push.Results.Where(result => result.GetProperty("outcome").GetString() == "rejected").Take(2).Select(result => (result.GetProperty("reason").GetString(), result.GetProperty("pointer").GetString())));
        Assert.Equal("""{"id":"c","title":"t"}""", (await client.RecordAsync("notes", "c")).Json.GetProperty("value").GetRawText());
    }
}
