using System.Net;
using System.Text.Json.Nodes;
using MyriadSync.DevStack.Tokens;
using static MyriadSync.IntegrationTests.RxDb.RxWire;

namespace MyriadSync.IntegrationTests.RxDb;

public sealed class RxPullTests(StackFixture fixture) : IClassFixture<StackFixture>
{
    [Fact]
    public async Task Pull_FirstAndThenOn_GivesEveryDocumentInFullPages()
    {
        var dataset = SyncClient.Unique("rx");
        using var wire = new RxWire(fixture.Stack, dataset);
        for (var i = 0; i < 3; i++)
            await wire.PushAsync([.. Enumerable.Range(i * 10, 10).Select(n => Row(null, Doc($"d{n:00}", "v1")))]);

        var first = await wire.PullAsync(null, 20);
        await wire.PushAsync(Row(Doc("d05", "v1"), Doc("d05", "v2")), Row(Doc("d29", "v1"), Doc("d29", "v1", deleted: true)));
        var second = await wire.PullAsync(first.Checkpoint, 10);
        var third = await wire.PullAsync(second.Checkpoint, 10);
        var last = await wire.PullAsync(third.Checkpoint, 10);

        Assert.Equal((20, 10), (first.Documents.Count, second.Documents.Count));
        var all = new[] { first, second, third }.SelectMany(page => page.Documents).GroupBy(document => (string)document!["id"]!).ToDictionary(group => group.Key, group => group.Last()!);
        Assert.Equal(30, all.Count);
        Assert.Equal("v2", (string?)all["d05"]["title"]);
        Assert.True((bool)all["d29"]["_deleted"]!);
        Assert.Equal("v1", (string?)all["d29"]["title"]);
        Assert.Empty(last.Documents);
        Assert.Equal(third.Checkpoint.ToJsonString(), last.Checkpoint.ToJsonString());
    }

    [Fact]
    public async Task Pull_StoreAmongOthers_ScansOnUntilThePageIsFull()
    {
        var dataset = SyncClient.Unique("rx");
        using var wire = new RxWire(fixture.Stack, dataset);
        using var noise = new RxWire(fixture.Stack, dataset, "noise");
        var start = (await wire.PullAsync(null)).Checkpoint;
        for (var i = 0; i < 4; i++)
        {
            await noise.PushAsync([.. Enumerable.Range(i * 20, 20).Select(n => Row(null, Doc($"n{n}", "noise")))]);
            await wire.PushAsync(Row(null, Doc($"d{i}", "mine")));
        }

        var page = await wire.PullAsync(start, 3);
        var rest = await wire.PullAsync(page.Checkpoint, 3);

        Assert.Equal(["d0", "d1", "d2"], page.Documents.Select(document => (string)document!["id"]!));
        Assert.Equal(["d3"], rest.Documents.Select(document => (string)document!["id"]!));
    }

    [Fact]
    public async Task Pull_NothingNewInABusyDataset_MovesTheCheckpointOnAllTheSame()
    {
        var dataset = SyncClient.Unique("rx");
        using var wire = new RxWire(fixture.Stack, dataset);
        using var noise = new RxWire(fixture.Stack, dataset, "noise");
        await wire.PushAsync(Row(null, Doc("a", "milk")), Row(null, Doc("b", "bread")));
        var old = (await wire.PullAsync(null)).Checkpoint;
        await noise.PushAsync([.. Enumerable.Range(0, 20).Select(n => Row(null, Doc($"n{n}", "noise")))]);

        var touched = await wire.PullAsync(old);
        var idle = await wire.PullAsync(touched.Checkpoint);

        Assert.Equal("milk", (string?)Assert.Single(touched.Documents)!["title"]);
        Assert.Equal(22, (long)touched.Checkpoint["lwt"]!);
        Assert.Empty(idle.Documents);
    }

    [Fact]
    public async Task Pull_RecordsOfOurClients_AreDocumentsWithTheirKey()
    {
        var dataset = SyncClient.Unique("rx");
        using var wire = new RxWire(fixture.Stack, dataset);
        using var client = new SyncClient(fixture.Stack, dataset);
        await client.PushAsync(
            new JsonObject { ["store"] = "todos", ["key"] = "a", ["op"] = "put", ["value"] = new JsonObject { ["title"] = "milk" } },
            new JsonObject { ["store"] = "todos", ["key"] = 7, ["op"] = "put", ["value"] = new JsonObject { ["title"] = "a key that RxDB does not know" } },
            new JsonObject { ["store"] = "todos", ["key"] = "list", ["op"] = "put", ["value"] = new JsonArray(1, 2) });

        var document = Assert.Single(await wire.PullAllAsync()).Value;
        var conflicts = await wire.PushAsync(Row(document.AsObject(), Doc("a", "oats")));

        Assert.Equal("""{"id":"a","title":"milk","_deleted":false}""", document.ToJsonString());
        Assert.Empty(conflicts);
        Assert.Equal("oats", (string?)(await client.GetAsync("records/todos/Sa"))["value"]!["title"]);
    }

    [Theory]
    [InlineData("pull?limit=1001", HttpStatusCode.BadRequest)]
    [InlineData("pull?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("pull?id=nonsense", HttpStatusCode.BadRequest)]
    [InlineData("../0/pull", HttpStatusCode.UpgradeRequired)]
    [InlineData("../2/pull", HttpStatusCode.ServiceUnavailable)]
    [InlineData("../x/pull", HttpStatusCode.BadRequest)]
    [InlineData("../../_x/1/pull", HttpStatusCode.BadRequest)]
    public async Task Pull_ThatCannotBe_IsPlainText(string path, HttpStatusCode expected)
    {
        using var wire = new RxWire(fixture.Stack, SyncClient.Unique("rx"));

        using var response = await wire.OpenAsync(HttpMethod.Get, path);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("write", HttpStatusCode.Forbidden)]
    public async Task Pull_WithoutAccess_IsPlainText(string? role, HttpStatusCode expected)
    {
        using var http = new HttpClient { BaseAddress = fixture.Stack.BaseAddress };
        if (role is not null)
            http.DefaultRequestHeaders.Authorization = new("Bearer", fixture.Stack.Tokens.Create(new DevTokenRequest { Roles = [role] }));

        using var response = await http.GetAsync(new Uri("api/v1/datasets/d/rxdb/todos/1/pull", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Pull_ParametersOfTheDocumentation_AreUnderstood()
    {
        var dataset = SyncClient.Unique("rx");
        using var wire = new RxWire(fixture.Stack, dataset);
        await wire.PushAsync(Row(null, Doc("a", "milk")), Row(null, Doc("b", "bread")));

        var (status, body) = await wire.SendAsync(HttpMethod.Get, "pull?updatedAt=0&id=&batchSize=1");

        var page = JsonNode.Parse(body)!;
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Single(page["documents"]!.AsArray());
        Assert.Equal(["id", "lwt", "updatedAt"], page["checkpoint"]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task Pull_CheckpointOfAnotherLog_IsGone()
    {
        var dataset = SyncClient.Unique("rx");
        using var wire = new RxWire(fixture.Stack, dataset);
        using var other = new RxWire(fixture.Stack, SyncClient.Unique("rx"));
        await wire.PushAsync(Row(null, Doc("a", "milk")));
        await other.PushAsync(Row(null, Doc("a", "milk")));
        var checkpoint = (await other.PullAsync(null)).Checkpoint;

        var (status, body) = await wire.SendAsync(HttpMethod.Get, $"pull?id={checkpoint["id"]}&limit=10");

        Assert.Equal(HttpStatusCode.Gone, status);
        Assert.StartsWith("cursor-gone: ", body, StringComparison.Ordinal);
    }
}
