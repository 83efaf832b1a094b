using System.Text.Json.Nodes;
using MyriadSync.DevStack;
using static MyriadSync.IntegrationTests.RxDb.RxWire;

namespace MyriadSync.IntegrationTests.RxDb;

/// <summary>What becomes of edits is for the store's policy to say, here field-merge with a counter and a set (functions/stores/todos.json).</summary>
public sealed class RxPolicyTests(SharedAzurite azurite)
{
    [Fact]
    public async Task Push_ConcurrentEdits_AreMergedByTheStoresPolicyAndKinds()
    {
        await using var stack = await azurite.StartStackAsync(new LocalStackOptions { Settings = new Dictionary<string, string> { [StoreFolder.Setting] = StoreFolder.Shipped } });
        using var ada = new RxWire(stack, "shared");
        using var bob = new RxWire(stack, "shared", sub: "bob");
        var start = Todo("milk", 1, "zip 1", "red", "green");
        await ada.PushAsync(Row(null, start));

        var first = await ada.PushAsync(Row(start, Todo("oats", 3, "zip 1", "red", "blue")));
        var second = await bob.PushAsync(Row(start, Todo("milk", 2, "zip 2", "green", "red", "white")));
        var again = await bob.PushAsync(Row(start, Todo("milk", 2, "zip 2", "green", "red", "white")));

        Assert.Empty(first);
        var merged = Assert.Single(second)!;
        Assert.Equal(("oats", 4, "zip 2"), ((string?)merged["title"], (int)merged["votes"]!, (string?)merged["place"]!["name"]));
        Assert.Equal(["blue", "red", "white"], merged["tags"]!.AsArray().Select(tag => (string)tag!).Order(StringComparer.Ordinal));
        Assert.Equal(merged.ToJsonString(), Assert.Single(again)!.ToJsonString());
        Assert.Equal(merged.ToJsonString(), (await ada.PullAllAsync())["a"].ToJsonString());
    }

    [Fact]
    public async Task Push_DocumentThatTheStoreRefuses_GoesBack()
    {
        await using var stack = await azurite.StartStackAsync(new LocalStackOptions { Settings = new Dictionary<string, string> { [StoreFolder.Setting] = StoreFolder.Shipped } });
        using var todos = new RxWire(stack, "shared");
        using var cities = new RxWire(stack, "shared", "cities");

        var refused = await todos.PushAsync(Row(null, new JsonObject { ["id"] = "a", ["nonsense"] = 1, ["_deleted"] = false }), Row(null, Doc("b", "bread")));
        var taken = await cities.PushAsync(Row(null, new JsonObject { ["id"] = "bern", ["name"] = "Bern", ["country"] = "CH", ["lat"] = 46.9, ["lng"] = 7.4, ["_deleted"] = false }));

        Assert.Equal("a", (string?)Assert.Single(refused)!["id"]);
        Assert.True((bool)refused[0]!["_deleted"]!);
        Assert.Equal("Bern", (string?)(await cities.PullAllAsync())["bern"]["name"]);
        Assert.Equal("admin1", Assert.Single(taken)!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal).ElementAt(1));
    }

    private static JsonObject Todo(string title, int votes, string place, params string[] tags) => new()
    {
        ["id"] = "a",
        ["title"] = title,
        ["votes"] = votes,
        ["place"] = new JsonObject { ["name"] = place },
        ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]),
        ["_deleted"] = false,
    };
}
