using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.ChangeLog;
using MyriadSync.DevStack;
using MyriadSync.Orchestration;
using MyriadSync.Reading;

namespace MyriadSync.IntegrationTests.Costs;

/// <summary>Storage transactions of ours, counted on the wire. docs/COST.md does its sums with these numbers.</summary>
public sealed class TransactionTests(SharedAzurite azurite)
{
    /// <summary>For a batch of 1,000 changes (DESIGN 13).</summary>
    private const int Budget = 12;

    private const string OnceAYear = "0 0 0 1 1 *";

    private readonly CountedStorage _storage = new();

    [Theory]
    [InlineData(1, false, 4)]
    [InlineData(1000, false, 6)]
    [InlineData(1, true, 7)]
    [InlineData(1000, true, 10)]
    public async Task Push_IntoAWarmDataset_CostsWhatThePageSaysAndKeepsToTheBudget(int changes, bool apart, int transactions)
    {
        await using var stack = await StartAsync(apart);
        using var ada = new DatasetClient(stack, "cost");
        // As large as what is counted, for the first claim check of a process makes the container.
        await ada.PushAsync(Changes(ada, changes, "warm"));

        _storage.Reset();
        var reply = await ada.PushAsync(Changes(ada, changes));

        Report($"push of {changes}{(apart ? ", HTTP and orchestration on two instances" : "")}");
        Assert.Equal("applied", reply.BatchStatus);
        Assert.Equal(changes, reply.Outcomes.Count);
        Assert.Equal(transactions, _storage.Seen.Count);
        Assert.True(transactions <= Budget);
    }

    [Theory]
    [InlineData(false, 6)]
    [InlineData(true, 10)]
    public async Task Push_UpdatesOfAThousand_CostAsManyAsNewOnes(bool apart, int transactions)
    {
        await using var stack = await StartAsync(apart);
        using var ada = new DatasetClient(stack, "cost");
        await ada.PushAsync(Changes(ada, 1000));

        _storage.Reset();
        var reply = await ada.PushAsync([.. Enumerable.Range(0, 1000).Select(i => ada.Put("todos", "a" + i, """{"done":true}""", on: i + 1))]);

        Report("push of 1000 updates");
        Assert.Equal("applied", reply.BatchStatus);
        Assert.Equal(transactions, _storage.Seen.Count);
    }

    [Fact]
    public async Task Pull_UpToDate_ReadsTheHeadOnly()
    {
        await using var stack = await StartAsync(apart: false);
        using var ada = new DatasetClient(stack, "cost");
        await ada.PushAsync(Changes(ada, 10));
        var cursor = (await ada.PullAsync()).Text("cursor");

        _storage.Reset();
        await ada.PullAsync(cursor);

        Report("pull of nothing");
        Assert.Single(_storage.Seen);
    }

    /// <param name="apart">True: the HTTP functions remember nothing of what orchestrations do, as on a plan that scales the two apart.</param>
    private Task<LocalStack> StartAsync(bool apart) => azurite.StartStackAsync(new LocalStackOptions
    {
        Settings = new Dictionary<string, string> { ["Recovery:Schedule"] = OnceAYear },
        ConfigureServices = services =>
        {
            _storage.Register(services);
            if (apart)
            {
                services.AddSingleton(provider =>
                {
                    var (memory, windows) = (new BatchMemory(), ActivatorUtilities.CreateInstance<LogWindows>(provider));
                    return ActivatorUtilities.CreateInstance<BatchDesk>(
                        provider,
                        windows,
                        memory,
                        ActivatorUtilities.CreateInstance<BatchLoader>(provider, memory),
                        ActivatorUtilities.CreateInstance<AnswerBuilder>(provider, ActivatorUtilities.CreateInstance<RecordReader>(provider, windows), windows));
                });
            }
        },
    });

    private static JsonObject[] Changes(DatasetClient client, int count, string keys = "a") =>
        [.. Enumerable.Range(0, count).Select(i => client.Put("todos", keys + i, $$"""{"title":"Buy milk and bread number {{i}}","done":false,"votes":{{i}}}"""))];

    private void Report(string what) => TestContext.Current.TestOutputHelper!.WriteLine(
        $"{what}: {_storage.Seen.Count} transactions: {string.Join(", ", _storage.Seen.GroupBy(request => request).Select(group => $"{group.Count()} x {group.Key}"))}");
}
