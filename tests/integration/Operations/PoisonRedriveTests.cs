using static MyriadSync.IntegrationTests.Operations.PoisonStack;

namespace MyriadSync.IntegrationTests.Operations;

public sealed class PoisonRedriveTests(PoisonStack stack) : IClassFixture<PoisonStack>
{
    [Fact]
    public async Task Redrive_CauseMended_TakesTheChangeAsItsClients()
    {
        const string dataset = "redrive";
        using var bob = new DatasetClient(stack.Stack, dataset, "bob");
        var (ids, mendAsync) = await stack.ParkAsync(dataset, bob, "a");
        await mendAsync("a");

        var redriven = await bob.PostAsync($"/poison/{ids[0]}/redrive");
        var again = await bob.PostAsync($"/poison/{ids[0]}/redrive");

        Assert.Equal((200, "redriven", 1), (redriven.Status, redriven.Text("state"), redriven.Number("attempts")));
        var settled = redriven.Json.GetProperty("settled");
        Assert.Equal(("ada", "applied", 2), (settled.GetProperty("by").GetString(), settled.GetProperty("outcome").GetString(), settled.GetProperty("rev").GetInt64()));
        Assert.Equal(redriven.Json.GetRawText(), again.Json.GetRawText());
        var entry = Assert.Single(await bob.PullAllAsync(), change => change.GetProperty("rev").GetInt64() > 1);
        Assert.Equal((ids[0], "bob"), (entry.GetProperty("cause").GetString(), entry.GetProperty("by").GetString()));
        Assert.Equal("d:title=\"bread\"", ClusterRows.Fields(stack.Stack, dataset, "todos", "a"));
        Assert.Equal(["applied 3"], (await bob.PushAsync(bob.Put("todos", "b", "{}"))).Outcomes);
    }

    [Fact]
    public async Task Redrive_FailsAgain_IsTheSameEntryWithOneMoreAttempt()
    {
        const string dataset = "redrive-fails";
        using var bob = new DatasetClient(stack.Stack, dataset, "bob");
        var (ids, _) = await stack.ParkAsync(dataset, bob, "a");

        await bob.PostAsync($"/poison/{ids[0]}/redrive");
        var failed = await bob.PostAsync($"/poison/{ids[0]}/redrive");

        Assert.Equal((200, "open", "cell-in-future", 3), (failed.Status, failed.Text("state"), failed.Text("reason"), failed.Number("attempts")));
        Assert.Equal(ids, Ids(await bob.GetAsync("/poison")));
        Assert.Equal(1, (await bob.DatasetAsync()).Number("head"));
    }

    [Fact]
    public async Task Redrive_ClientEditedTheRecordSince_DoesNotUndoTheNewerEdit()
    {
        const string dataset = "redrive-late";
        using var bob = new DatasetClient(stack.Stack, dataset, "bob");
        var (ids, mendAsync) = await stack.ParkAsync(dataset, bob, "a");
        await mendAsync("a");
        await bob.PushAsync(bob.Put("todos", "a", """{"title":"cheese"}""", on: 1));

        var redriven = await bob.PostAsync($"/poison/{ids[0]}/redrive");

        Assert.Equal(("redriven", "superseded"), (redriven.Text("state"), redriven.Json.GetProperty("settled").GetProperty("outcome").GetString()));
        Assert.Equal("""{"title":"cheese"}""", (await bob.RecordAsync("todos", "a")).Json.GetProperty("value").GetRawText());
        Assert.Equal(2, (await bob.DatasetAsync()).Number("head"));
    }

    [Fact]
    public async Task RedriveMany_ByFilterInPages_GoesThroughAllInTheClientsOrder()
    {
        const string dataset = "redrive-many";
        using var bob = new DatasetClient(stack.Stack, dataset, "bob");
        var (ids, mendAsync) = await stack.ParkAsync(dataset, bob, "a", "b", "c", "d", "e");
        foreach (var key in new[] { "a", "b", "d", "e" })
            await mendAsync(key);

        var first = await bob.PostAsync("/poison/redrive", Body("""{"kind":"change","store":"todos","limit":3}"""));
        var second = await bob.PostAsync("/poison/redrive", Body($$"""{"kind":"change","store":"todos","limit":3,"page":"{{first.Text("nextPage")}}"}"""));

        Assert.Equal((2, 1), (first.Number("redriven"), first.Number("failed")));
        Assert.Equal((2, 0, ""), (second.Number("redriven"), second.Number("failed"), second.Text("nextPage")));
        Assert.Equal(ids, Ids(first).Concat(Ids(second)));
        Assert.Equal([ids[2]], Ids(await bob.GetAsync("/poison?state=open")));
        Assert.Equal([ids[0], ids[1], ids[3], ids[4]], (await bob.PullAllAsync()).Skip(5).Select(entry => entry.GetProperty("cause").GetString()));
    }

    [Fact]
    public async Task RedriveMany_ByIds_LeavesTheOthersAlone()
    {
        const string dataset = "redrive-ids";
        using var bob = new DatasetClient(stack.Stack, dataset, "bob");
        var (ids, mendAsync) = await stack.ParkAsync(dataset, bob, "a", "b", "c");
        foreach (var key in new[] { "a", "b", "c" })
            await mendAsync(key);

        var redriven = await bob.PostAsync("/poison/redrive", Body($$"""{"ids":["{{ids[2]}}","{{ids[0]}}","{{new string('0', 40)}}"]}"""));
        var both = await bob.PostAsync("/poison/redrive", Body($$"""{"ids":["{{ids[1]}}"],"kind":"change"}"""));

        Assert.Equal([ids[0], ids[2]], Ids(redriven));
        Assert.Equal((400, "invalid-request"), (both.Status, both.Problem));
        Assert.Equal([ids[1]], Ids(await bob.GetAsync("/poison?state=open")));
    }

    [Fact]
    public async Task Discard_Entry_IsFinalAndSaysWhy()
    {
        const string dataset = "discard";
        using var bob = new DatasetClient(stack.Stack, dataset, "bob");
        var (ids, mendAsync) = await stack.ParkAsync(dataset, bob, "a", "b");
        await mendAsync("b");
        await bob.PostAsync($"/poison/{ids[1]}/redrive");

        var nameless = await bob.PostAsync($"/poison/{ids[0]}/discard", Body("{}"));
        var discarded = await bob.PostAsync($"/poison/{ids[0]}/discard", Body("""{"reason":"typed by the cat"}"""));
        var again = await bob.PostAsync($"/poison/{ids[0]}/discard", Body("""{"reason":"twice"}"""));
        var redrive = await bob.PostAsync($"/poison/{ids[0]}/redrive");
        var late = await bob.PostAsync($"/poison/{ids[1]}/discard", Body("""{"reason":"late"}"""));

        Assert.Equal((400, "invalid-request"), (nameless.Status, nameless.Problem));
        Assert.Equal((200, "discarded", "typed by the cat"), (discarded.Status, discarded.Text("state"), discarded.Json.GetProperty("settled").GetProperty("why").GetString()));
        Assert.Equal(discarded.Json.GetRawText(), again.Json.GetRawText());
        Assert.Equal((409, "poison-settled", "discarded"), (redrive.Status, redrive.Problem, redrive.Text("state")));
        Assert.Equal((409, "poison-settled", "redriven"), (late.Status, late.Problem, late.Text("state")));
    }

    [Fact]
    public async Task Redrive_ClusterAway_WaitsAndCountsNothing()
    {
        const string dataset = "redrive-away";
        using var bob = new DatasetClient(stack.Stack, dataset, "bob");
        var (ids, mendAsync) = await stack.ParkAsync(dataset, bob, "a");
        await mendAsync("a");

        stack.Stack.Emulator!.Faults.Current = new() { HBaseUnreachable = true };
        var one = await bob.PostAsync($"/poison/{ids[0]}/redrive");
        var many = await bob.PostAsync("/poison/redrive", Body("{}"));
        stack.Stack.Emulator.Faults.Reset();
        var entry = await bob.GetAsync($"/poison/{ids[0]}");

        Assert.Equal((503, "cluster-unavailable", "cluster-unreachable"), (one.Status, one.Problem, one.Text("waitingFor")));
        Assert.Equal((503, "cluster-unavailable"), (many.Status, many.Problem));
        Assert.Equal(("open", 1), (entry.Text("state"), entry.Number("attempts")));
        await Eventually.TrueAsync("it goes in", async () => (await bob.PostAsync($"/poison/{ids[0]}/redrive")).Text("state") == "redriven", TimeSpan.FromSeconds(60));
    }
}
