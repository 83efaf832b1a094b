using System.Net;
using System.Text.Json.Nodes;
using static MyriadSync.IntegrationTests.RxDb.RxWire;

namespace MyriadSync.IntegrationTests.RxDb;

public sealed class RxPushTests(StackFixture fixture) : IClassFixture<StackFixture>
{
    [Fact]
    public async Task Push_InsertUpdateDelete_AreSeenByOurClients()
    {
        var dataset = SyncClient.Unique("rx");
        using var wire = new RxWire(fixture.Stack, dataset);
        using var client = new SyncClient(fixture.Stack, dataset);

        Assert.Empty(await wire.PushAsync(Row(null, Doc("a", "milk")), Row(null, Doc("b", "bread"))));
        Assert.Empty(await wire.PushAsync(Row(Doc("a", "milk"), Doc("a", "oats")), Row(Doc("b", "bread"), Doc("b", "bread", deleted: true))));

        var changes = await client.PullAsync();
        Assert.Equal(4, changes.Count);
        Assert.Equal("""{"id":"a","title":"oats"}""", changes.Last(change => (string?)change["key"] == "a")["value"]!.ToJsonString());
        Assert.Equal("delete", (string?)changes.Last(change => (string?)change["key"] == "b")["op"]);
    }

    [Fact]
    public async Task Push_SameRowsAgainAfterALostReply_AreTakenOnce()
    {
        var dataset = SyncClient.Unique("rx");
        using var wire = new RxWire(fixture.Stack, dataset);
        await wire.PushAsync(Row(null, Doc("a", "milk")));
        var row = Row(Doc("a", "milk"), Doc("a", "oats"));
        await wire.PushAsync(row);

        var again = await wire.PushAsync(row.DeepClone());

        Assert.Empty(again);
        Assert.Equal(2, await HeadAsync(dataset));
    }

    [Fact]
    public async Task Push_AgainAfterSomebodyElsesEdit_GivesThatEditBackAndKeepsIt()
    {
        var dataset = SyncClient.Unique("rx");
        using var ada = new RxWire(fixture.Stack, dataset);
        using var bob = new RxWire(fixture.Stack, dataset, sub: "bob");
        await ada.PushAsync(Row(null, Doc("a", "milk")));
        var row = Row(Doc("a", "milk"), Doc("a", "oats"));
        await ada.PushAsync(row);
        await bob.PushAsync(Row(Doc("a", "oats"), Doc("a", "rice")));

        var conflict = Assert.Single(await ada.PushAsync(row.DeepClone(), Row(null, Doc("b", "in another company than before"))));

        Assert.Equal("rice", (string?)conflict!["title"]);
        Assert.Equal(4, await HeadAsync(dataset));
    }

    [Fact]
    public async Task Push_SameEditAgainOnANewerState_IsANewEdit()
    {
        var dataset = SyncClient.Unique("rx");
        using var wire = new RxWire(fixture.Stack, dataset);
        await wire.PushAsync(Row(null, Doc("a", "off")));
        for (var i = 0; i < 3; i++)
        {
            Assert.Empty(await wire.PushAsync(Row(Doc("a", "off"), Doc("a", "on"))));
            Assert.Empty(await wire.PushAsync(Row(Doc("a", "on"), Doc("a", "off"))));
        }

        Assert.Equal(7, await HeadAsync(dataset));
    }

    [Fact]
    public async Task Push_StaleInsertOverARecord_GivesTheRecordBack()
    {
        var dataset = SyncClient.Unique("rx");
        using var wire = new RxWire(fixture.Stack, dataset);
        await wire.PushAsync(Row(null, Doc("a", "milk")));

        var conflict = Assert.Single(await wire.PushAsync(Row(null, Doc("a", "as it was a year ago"))));

        Assert.Equal("milk", (string?)conflict!["title"]);
    }

    [Fact]
    public async Task Push_EditOfADeletedDocument_GivesTheTombstoneBack()
    {
        var dataset = SyncClient.Unique("rx");
        using var wire = new RxWire(fixture.Stack, dataset);
        await wire.PushAsync(Row(null, Doc("a", "milk")));
        await wire.PushAsync(Row(Doc("a", "milk"), Doc("a", "milk", deleted: true)));

        var deleted = Assert.Single(await wire.PushAsync(Row(Doc("a", "milk"), Doc("a", "oats"))));
        var unknown = Assert.Single(await wire.PushAsync(Row(Doc("z", "never here"), Doc("z", "still not"))));

        Assert.Equal("""{"id":"a","title":"oats","_deleted":true}""", deleted!.ToJsonString());
        Assert.True((bool)unknown!["_deleted"]!);
    }

    [Fact]
    public async Task Push_RowThatCanNeverBeTaken_DoesNotHoldUpItsNeighbours()
    {
        var dataset = SyncClient.Unique("rx");
        using var wire = new RxWire(fixture.Stack, dataset);

        var conflicts = await wire.PushAsync(Row(null, Doc("a", new string('x', 300_000))), Row(null, Doc("b", "bread")), Row(null, Doc(new string('k', 2000), "no key")));

        Assert.Equal(["a", new string('k', 2000)], conflicts.Select(document => (string?)document!["id"]));
        Assert.All(conflicts, document => Assert.True((bool)document!["_deleted"]!));
        Assert.Equal(["b"], (await wire.PullAllAsync()).Keys);
    }

    [Fact]
    public async Task Push_WrappedRows_AreRowsToo()
    {
        var dataset = SyncClient.Unique("rx");
        using var wire = new RxWire(fixture.Stack, dataset);

        var (status, body) = await wire.SendAsync(HttpMethod.Post, "push", new JsonObject { ["docs"] = new JsonArray(Row(null, Doc("a", "milk"))) }.ToJsonString());

        Assert.Equal((HttpStatusCode.OK, "[]"), (status, body));
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("[1]", HttpStatusCode.BadRequest)]
    [InlineData("""[{"newDocumentState":{"title":"no key"}}]""", HttpStatusCode.BadRequest)]
    [InlineData("""[{"newDocumentState":{"id":7}}]""", HttpStatusCode.BadRequest)]
    public async Task Push_NoRows_IsAnErrorThatNobodyTakesForConflicts(string body, HttpStatusCode expected)
    {
        using var wire = new RxWire(fixture.Stack, SyncClient.Unique("rx"));

        var (status, text) = await wire.SendAsync(HttpMethod.Post, "push", body);

        Assert.Equal(expected, status);
        Assert.StartsWith("invalid-request: ", text, StringComparison.Ordinal);
    }

    private async Task<long> HeadAsync(string dataset)
    {
        using var client = new SyncClient(fixture.Stack, dataset);
        return (long)(await client.GetAsync(""))["head"]!;
    }
}
