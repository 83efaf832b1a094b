using System.Net;
using System.Text.Json.Nodes;
using MyriadSync.DevStack;
using MyriadSync.DevStack.Tokens;

namespace MyriadSync.IntegrationTests.Stores;

/// <summary>Stores that only some roles may use, in one dataset with one that everybody may.</summary>
public sealed class AccessTests(SharedAzurite azurite)
{
    private static readonly DevTokenRequest Staff = new() { Sub = "bob", Roles = ["read", "write", "staff"] };
    private static readonly DevTokenRequest Guest = new() { Sub = "ada", Roles = ["read", "write"] };

    [Fact]
    public async Task StoreOfARole_OneWithoutIt_NeitherWritesNorSeesIt()
    {
        using var folder = new TemporaryFolder();
        await using var stack = await StartAsync(folder);
        using var bob = new SyncClient(stack, "access", token: Staff);
        using var ada = new SyncClient(stack, "access", token: Guest);
        await bob.PushAsync([.. Enumerable.Range(0, 12).Select(i => Put(i % 2 == 0 ? "secret" : "open", i, $$"""{"n":{{i}}}"""))]);

        var push = await ada.PushAsync(Put("secret", 0, """{"n":100}"""), Put("open", 100, """{"n":100}"""));
        var page = await ada.GetAsync("changes?limit=4");
        var pulled = await ada.PullAsync(limit: 3);
        var snapshot = await ada.GetAsync("snapshot?limit=4");
        var loaded = await ada.SnapshotAsync(limit: 3);

        Assert.Equal(["rejected", "applied"], Outcomes(push));
        Assert.Equal(("access", "/changes/0/store", null), ((string?)push.Body["results"]![0]!["reason"], (string?)push.Body["results"]![0]!["pointer"], push.Body["results"]![0]!["value"]));
        Assert.Equal((4, true), (page["changes"]!.AsArray().Count, (bool)page["more"]!));
        Assert.Equal([1, 3, 5, 7, 9, 11, 100], pulled.Select(change => (int)change["value"]!["n"]!));
        Assert.Equal(4, snapshot["records"]!.AsArray().Count);
        Assert.Equal([1, 3, 5, 7, 9, 11, 100], loaded.Select(record => (int)record["value"]!["n"]!));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(ada, "records/secret/0"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(bob, "records/secret/0"));
        Assert.Equal(13, (await bob.SnapshotAsync()).Count);
    }

    [Fact]
    public async Task StoreToWriteOnly_LosingEdit_IsNotToldWhatWon()
    {
        using var folder = new TemporaryFolder();
        await using var stack = await StartAsync(folder);
        using var bob = new SyncClient(stack, "inbox", token: Staff);
        using var ada = new SyncClient(stack, "inbox", token: Guest);
        await bob.PushAsync(Put("inbox", 1, """{"text":"theirs"}"""));

        var late = Put("inbox", 1, """{"text":"mine"}""");
        late["at"] = $"0000000000010000{ada.ClientId}";
        var push = await ada.PushAsync(late);

        var result = push.Body["results"]![0]!;
        Assert.Equal("superseded", (string?)result["outcome"]);
        Assert.False(result.AsObject().ContainsKey("value"));
        Assert.Empty(await ada.PullAsync());
    }

    private Task<LocalStack> StartAsync(TemporaryFolder folder) => azurite.StartStackAsync(new LocalStackOptions
    {
        Settings = new Dictionary<string, string>
        {
            [StoreFolder.Setting] = StoreFolder.Write(
                folder,
                ("secret", """{"store":"secret","access":{"read":["staff"],"write":["staff"]}}"""),
                ("inbox", """{"store":"inbox","access":{"read":["staff"]}}""")),
        },
    });

    private static JsonObject Put(string store, int key, string value) =>
        new() { ["store"] = store, ["key"] = key, ["op"] = "put", ["value"] = JsonNode.Parse(value) };

    private static IEnumerable<string?> Outcomes(PushAnswer push) => push.Body["results"]!.AsArray().Select(result => (string?)result!["outcome"]);

    private static async Task<HttpStatusCode> StatusAsync(SyncClient client, string path)
    {
        using var response = await client.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
