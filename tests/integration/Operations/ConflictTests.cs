using MyriadSync.Conflicts;
using static MyriadSync.IntegrationTests.Operations.ConflictStack;

namespace MyriadSync.IntegrationTests.Operations;

public sealed class ConflictTests(ConflictStack stack) : IClassFixture<ConflictStack>
{
    [Fact]
    public async Task Read_OpenConflict_ShowsBothSidesAndTheRecordAsItIs()
    {
        using var ada = stack.User("conflict-read", "ada");
        using var bob = stack.User("conflict-read", "bob");
        using var olga = stack.Operator("conflict-read");
        var id = await ClashAsync(ada, bob, "a");

        var conflict = await olga.GetAsync($"/conflicts/{id}");

        Assert.Equal(("open", "todos", "a", "bob", 1), (conflict.Text("state"), conflict.Text("store"), conflict.Text("key"), conflict.Text("clientId"), conflict.Number("seq")));
        Assert.Equal("""{"title":"bread"}""", conflict.Json.GetProperty("ours").GetProperty("value").GetRawText());
        Assert.Equal("""{"title":"cheese"}""", conflict.Json.GetProperty("theirs").GetProperty("value").GetRawText());
        Assert.Equal(2, conflict.Json.GetProperty("current").GetProperty("rev").GetInt64());
    }

    [Theory]
    [InlineData("ours", "", "bread")]
    [InlineData("value", ""","value":{"title":"both"}""", "both")]
    public async Task Resolve_ForAnotherValue_ReachesEveryReplicaWithItsCause(string take, string more, string title)
    {
        var dataset = "conflict-" + take;
        using var ada = stack.User(dataset, "ada");
        using var bob = stack.User(dataset, "bob");
        using var olga = stack.Operator(dataset);
        var id = await ClashAsync(ada, bob, "a");
        var decision = Body($$"""{"take":"{{take}}","rev":2{{more}}}""");

        var resolved = await olga.PostAsync($"/conflicts/{id}/resolve", decision);
        var again = await olga.PostAsync($"/conflicts/{id}/resolve", decision);

        Assert.Equal((200, "resolved"), (resolved.Status, resolved.Text("state")));
        Assert.Equal(("olga", take, 3), (resolved.Json.GetProperty("settled").GetProperty("by").GetString(), resolved.Json.GetProperty("settled").GetProperty("take").GetString(), resolved.Json.GetProperty("settled").GetProperty("rev").GetInt64()));
        Assert.Equal(resolved.Json.GetRawText(), again.Json.GetRawText());
        var entry = await LastAsync(ada);
        Assert.Equal((3, id, "operator"), (entry.GetProperty("rev").GetInt64(), entry.GetProperty("cause").GetString(), entry.GetProperty("by").GetString()));
        Assert.Equal($"d:title=\"{title}\"", ClusterRows.Fields(stack.Stack, dataset, "todos", "a"));
        Assert.Equal(["applied 4"], (await bob.PushAsync(bob.Put("todos", "a", """{"title":"next"}""", on: 3))).Outcomes);
    }

    [Fact]
    public async Task Push_TwoChangesOfABatchToOneRecord_AreOneConflictWithBoth()
    {
        const string dataset = "conflict-both";
        using var ada = stack.User(dataset, "ada");
        using var bob = stack.User(dataset, "bob");
        await ada.PushAsync(ada.Put("todos", "a", """{"title":"milk"}"""));
        await ada.PushAsync(ada.Put("todos", "a", """{"title":"cheese"}""", on: 1));

        var clash = await bob.PushAsync(bob.Patch("todos", "a", """{"set":{"/title":"bread"}}""", on: 1), bob.Patch("todos", "a", """{"set":{"/done":true}}""", on: 1));
        var id = Assert.Single(clash.Results.Select(result => result.GetProperty("conflictId").GetString()).Distinct());
        var conflict = await bob.GetAsync($"/conflicts/{id}");

        Assert.Equal(2, conflict.Json.GetProperty("ours").GetProperty("changes").GetArrayLength());
        Assert.Equal("""{"done":true,"title":"bread"}""", conflict.Json.GetProperty("ours").GetProperty("value").GetRawText());
    }

    [Fact]
    public async Task Resolve_Theirs_LeavesTheRecordAndTheLogAsTheyAre()
    {
        using var ada = stack.User("conflict-theirs", "ada");
        using var bob = stack.User("conflict-theirs", "bob");
        var id = await ClashAsync(ada, bob, "a");

        var resolved = await bob.PostAsync($"/conflicts/{id}/resolve", Body("""{"take":"theirs","rev":2}"""));
        var other = await bob.PostAsync($"/conflicts/{id}/resolve", Body("""{"take":"ours","rev":2}"""));

        Assert.Equal((200, "resolved"), (resolved.Status, resolved.Text("state")));
        Assert.Equal((409, "conflict-settled", "resolved"), (other.Status, other.Problem, other.Text("state")));
        Assert.Equal(2, (await ada.DatasetAsync()).Number("head"));
    }

    [Fact]
    public async Task Resolve_ByDeleting_DeletesTheRecord()
    {
        using var ada = stack.User("conflict-delete", "ada");
        using var bob = stack.User("conflict-delete", "bob");
        var id = await ClashAsync(ada, bob, "a");

        var resolved = await bob.PostAsync($"/conflicts/{id}/resolve", Body("""{"take":"value","deleted":true,"rev":2}"""));

        Assert.Equal("resolved", resolved.Text("state"));
        Assert.Equal("delete", (await LastAsync(ada)).GetProperty("op").GetString());
    }

    [Fact]
    public async Task Resolve_RecordMovedMeanwhile_IsOutdatedAndShowsTheRecord()
    {
        using var ada = stack.User("conflict-moved", "ada");
        using var bob = stack.User("conflict-moved", "bob");
        var id = await ClashAsync(ada, bob, "a");
        await ada.PushAsync(ada.Put("todos", "a", """{"title":"tea"}""", on: 2));

        var late = await bob.PostAsync($"/conflicts/{id}/resolve", Body("""{"take":"ours","rev":2}"""));
        var anew = await bob.PostAsync($"/conflicts/{id}/resolve", Body("""{"take":"ours","rev":3}"""));

        Assert.Equal((409, "conflict-outdated", 3), (late.Status, late.Problem, late.Number("rev")));
        Assert.Equal("""{"title":"tea"}""", late.Json.GetProperty("record").GetProperty("value").GetRawText());
        Assert.Equal((200, "resolved"), (anew.Status, anew.Text("state")));
        Assert.Equal("d:title=\"bread\"", ClusterRows.Fields(stack.Stack, "conflict-moved", "todos", "a"));
    }

    [Fact]
    public async Task Push_SameClientChangesTheRecordAfterwards_SupersedesItsConflict()
    {
        using var ada = stack.User("conflict-superseded", "ada");
        using var bob = stack.User("conflict-superseded", "bob");
        var id = await ClashAsync(ada, bob, "a");

        await bob.PushAsync(bob.Put("todos", "a", """{"title":"jam"}""", on: 2));
        var conflict = await bob.GetAsync($"/conflicts/{id}");
        var late = await bob.PostAsync($"/conflicts/{id}/resolve", Body("""{"take":"ours","rev":3}"""));

        Assert.Equal("superseded", conflict.Text("state"));
        Assert.Equal((409, "conflict-settled", "superseded"), (late.Status, late.Problem, late.Text("state")));
        Assert.Equal("""{"title":"jam"}""", (await ada.RecordAsync("todos", "a")).Json.GetProperty("value").GetRawText());
    }

    [Fact]
    public async Task Expire_OldConflict_IsGoneAndSaysSo()
    {
        using var ada = stack.User("conflict-expired", "ada");
        using var bob = stack.User("conflict-expired", "bob");
        var id = await ClashAsync(ada, bob, "a");

        await stack.Services.Get<ConflictTable>().ExpireAsync("conflict-expired", TimeProvider.System.GetUtcNow().AddDays(1), TestContext.Current.CancellationToken);
        var late = await bob.PostAsync($"/conflicts/{id}/resolve", Body("""{"take":"ours","rev":2}"""));

        Assert.Equal("expired", (await bob.GetAsync($"/conflicts/{id}")).Text("state"));
        Assert.Equal((410, "conflict-expired"), (late.Status, late.Problem));
    }

    [Fact]
    public async Task Expire_SettledBeforeTheTime_IsForgottenAndTheOthersStay()
    {
        const string dataset = "conflict-forgotten";
        using var ada = stack.User(dataset, "ada");
        using var bob = stack.User(dataset, "bob");
        var settled = await ClashAsync(ada, bob, "a");
        await bob.PostAsync($"/conflicts/{settled}/resolve", Body("""{"take":"theirs","rev":2}"""));
        var limit = TimeProvider.System.GetUtcNow();
        var late = await ClashAsync(ada, bob, "b");
        await bob.PostAsync($"/conflicts/{late}/resolve", Body("""{"take":"theirs","rev":4}"""));

        await stack.Services.Get<ConflictTable>().ExpireAsync(dataset, limit, TestContext.Current.CancellationToken);

        var forgotten = await bob.GetAsync($"/conflicts/{settled}");
        Assert.Equal((404, "not-found"), (forgotten.Status, forgotten.Problem));
        Assert.Equal([late], Ids(await bob.GetAsync("/conflicts?state=resolved")));
    }

    [Fact]
    public async Task List_MoreThanOnePage_GivesEveryConflictOnceToWhomItConcerns()
    {
        const string dataset = "conflict-list";
        using var ada = stack.User(dataset, "ada");
        using var bob = stack.User(dataset, "bob");
        using var olga = stack.Operator(dataset);
        var ids = new[] { await ClashAsync(ada, bob, "a"), await ClashAsync(ada, bob, "b"), await ClashAsync(ada, bob, "c") };

        var first = await olga.GetAsync("/conflicts?limit=2");
        var second = await olga.GetAsync($"/conflicts?limit=2&page={first.Text("nextPage")}");

        Assert.Equal(ids.Order(StringComparer.Ordinal), Ids(first).Concat(Ids(second)));
        Assert.Equal("", second.Text("nextPage"));
        Assert.Equal(3, Ids(await bob.GetAsync("/conflicts?state=open&store=todos&clientId=bob")).Count);
        Assert.Empty(Ids(await olga.GetAsync("/conflicts?state=resolved")));
        Assert.Empty(Ids(await ada.GetAsync("/conflicts")));
    }

    [Fact]
    public async Task Conflict_OfAnotherUser_IsNotForOthers()
    {
        const string dataset = "conflict-access";
        using var ada = stack.User(dataset, "ada");
        using var bob = stack.User(dataset, "bob");
        using var reader = new DatasetClient(stack.Stack, dataset, "rita", "rita", ["read"]);
        using var blind = new DatasetClient(stack.Stack, dataset, "otto", "otto", ["operate"]);
        var id = await ClashAsync(ada, bob, "a");

        var shown = await ada.GetAsync($"/conflicts/{id}");
        var resolved = await ada.PostAsync($"/conflicts/{id}/resolve", Body("""{"take":"ours","rev":2}"""));
        var listed = await reader.GetAsync("/conflicts");
        var hidden = await blind.GetAsync($"/conflicts/{id}");
        var outdated = await blind.PostAsync($"/conflicts/{id}/resolve", Body("""{"take":"ours","rev":1}"""));

        Assert.All([shown, resolved, listed], reply => Assert.Equal((403, "forbidden"), (reply.Status, reply.Problem)));
        Assert.Equal((200, true), (hidden.Status, hidden.Json.GetProperty("hidden").GetBoolean()));
        Assert.All(["ours", "theirs", "current"], side => Assert.False(hidden.Json.TryGetProperty(side, out _)));
        Assert.Equal((409, false), (outdated.Status, outdated.Json.TryGetProperty("record", out _)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"take":"mine","rev":2}""")]
    [InlineData("""{"take":"ours"}""")]
    [InlineData("""{"take":"ours","rev":2,"value":{}}""")]
    [InlineData("""{"take":"value","rev":2}""")]
    [InlineData("""{"take":"value","rev":2,"value":{"$date":"x"}}""")]
    [InlineData("""{"take":"ours","rev":2,"more":1}""")]
    public async Task Resolve_UnsoundDecision_IsRefused(string decision)
    {
        using var bob = stack.User("conflict-unsound", "bob");

        var reply = await bob.PostAsync($"/conflicts/{new string('0', 40)}/resolve", Body(decision));

        Assert.Equal((400, "invalid-request"), (reply.Status, reply.Problem));
    }

    [Fact]
    public async Task Resolve_OursOfAPatch_KeepsTheOtherFields()
    {
        const string dataset = "conflict-chain";
        using var ada = stack.User(dataset, "ada");
        using var bob = stack.User(dataset, "bob");
        await ada.PushAsync(ada.Put("todos", "a", """{"title":"milk"}"""));
        await ada.PushAsync(ada.Put("todos", "a", """{"title":"cheese"}""", on: 1));

        var clash = await bob.PushAsync(bob.Patch("todos", "a", """{"set":{"/done":true}}""", on: 1));
        var id = clash.Results[0].GetProperty("conflictId").GetString();
        await bob.PostAsync($"/conflicts/{id}/resolve", Body("""{"take":"ours","rev":2}"""));

        Assert.Equal("d:done=true d:title=\"cheese\"", ClusterRows.Fields(stack.Stack, dataset, "todos", "a"));
    }
}
