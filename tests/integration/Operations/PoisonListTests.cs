using static MyriadSync.IntegrationTests.Operations.PoisonStack;

namespace MyriadSync.IntegrationTests.Operations;

public sealed class PoisonListTests(PoisonStack stack) : IClassFixture<PoisonStack>
{
    [Fact]
    public async Task List_MoreThanOnePage_GivesEveryEntryOnce()
    {
        using var bob = new DatasetClient(stack.Stack, "poison-pages", "bob");
        var (ids, _) = await stack.ParkAsync("poison-pages", bob, "a", "b", "c", "d", "e");

        var pages = new List<IReadOnlyList<string>>();
        var page = "";
        do
        {
            var reply = await bob.GetAsync($"/poison?limit=2{page}");
            pages.Add(Ids(reply));
            page = reply.Text("nextPage") is { Length: > 0 } next ? $"&page={next}" : "";
        }
        while (page.Length > 0);

        Assert.Equal([2, 2, 1], pages.Select(entries => entries.Count));
        Assert.Equal(ids.Order(StringComparer.Ordinal), pages.SelectMany(entries => entries));
    }

    [Fact]
    public async Task List_Filters_LetPassWhatTheyName()
    {
        using var bob = new DatasetClient(stack.Stack, "poison-filters", "bob");
        var (ids, _) = await stack.ParkAsync("poison-filters", bob, "a", "b");
        await bob.PostAsync($"/poison/{ids[0]}/discard", Body("""{"reason":"a test"}"""));

        Assert.Equal([ids[1]], Ids(await bob.GetAsync("/poison?state=open")));
        Assert.Equal([ids[0]], Ids(await bob.GetAsync("/poison?state=discarded")));
        Assert.Equal(2, Ids(await bob.GetAsync("/poison?kind=change&store=todos&reason=cell-in-future")).Count);
        Assert.Empty(Ids(await bob.GetAsync("/poison?kind=held")));
        Assert.Empty(Ids(await bob.GetAsync("/poison?store=cities")));
        Assert.Empty(Ids(await bob.GetAsync("/poison?reason=other")));
    }

    [Theory]
    [InlineData("?state=lost")]
    [InlineData("?kind=thing")]
    [InlineData("?store=.")]
    [InlineData("?limit=101")]
    [InlineData("?page=x")]
    public async Task List_UnsoundParameter_IsRefused(string query)
    {
        using var bob = new DatasetClient(stack.Stack, "poison-unsound", "bob");

        var reply = await bob.GetAsync("/poison" + query);

        Assert.Equal((400, "invalid-parameter"), (reply.Status, reply.Problem));
    }

    [Fact]
    public async Task Read_Entry_TellsWhatItIsAndShowsTheChange()
    {
        using var bob = new DatasetClient(stack.Stack, "poison-read", "bob");
        var (ids, _) = await stack.ParkAsync("poison-read", bob, "a");

        var entry = await bob.GetAsync($"/poison/{ids[0]}");

        Assert.Equal(("change", "open", "cell-in-future", 1), (entry.Text("kind"), entry.Text("state"), entry.Text("reason"), entry.Number("attempts")));
        Assert.Equal(("todos", "a", "bob", 1), (entry.Text("store"), entry.Text("key"), entry.Text("clientId"), entry.Number("seq")));
        Assert.Equal(32, entry.Text("traceId").Length);
        var change = entry.Json.GetProperty("item").GetProperty("changes")[0];
        Assert.Equal("""{"title":"bread"}""", change.GetProperty("value").GetRawText());
        Assert.Equal((404, "not-found"), (await bob.GetAsync($"/poison/{new string('0', 40)}")) is var none ? (none.Status, none.Problem) : default);
    }

    [Fact]
    public async Task Poison_RolesOfTheCaller_Count()
    {
        const string dataset = "poison-roles";
        using var bob = new DatasetClient(stack.Stack, dataset, "bob");
        var (ids, _) = await stack.ParkAsync(dataset, bob, "a");
        using var user = new DatasetClient(stack.Stack, dataset, roles: ["read", "write"]);
        using var blind = new DatasetClient(stack.Stack, dataset, roles: ["operate"]);

        var refused = new[]
        {
            await user.GetAsync("/poison"),
            await user.GetAsync($"/poison/{ids[0]}"),
            await user.PostAsync($"/poison/{ids[0]}/redrive"),
            await user.PostAsync("/poison/redrive", Body("{}")),
            await user.PostAsync($"/poison/{ids[0]}/discard", Body("""{"reason":"x"}""")),
        };
        var hidden = await blind.GetAsync($"/poison/{ids[0]}");

        Assert.All(refused, reply => Assert.Equal((403, "forbidden"), (reply.Status, reply.Problem)));
        Assert.Equal((200, true, false), (hidden.Status, hidden.Json.GetProperty("hidden").GetBoolean(), hidden.Json.TryGetProperty("item", out _)));
    }
}
