using MyriadSync.Configuration;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.IntegrationTests.FiveClients;

/// <summary>
/// Five clients, two of them of an older schema version, edit offline and online at random, through two instances, under every policy and with all kinds of
/// fields; some edits are poisoned, some wait for a person. When all is quiet, everybody has the same, and what was told to each client holds.
/// </summary>
public sealed class FiveClientsTests(SharedAzurite azurite, ITestOutputHelper output)
{
    private const string Dataset = "five";
    private const int Edits = 2_000;
    private const int Clients = 5;
    private const int OldClients = 2;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Quiet_AfterRandomEditsOfFiveClients_AllAgreeAndNothingIsLost()
    {
        var seed = Seed();
        using var folder = new TemporaryFolder();
        var resolver = new MoodyResolver();
        await using var x = await StartAsync(folder, resolver, null);
        await using var y = await StartAsync(folder, resolver, x);
        var clients = Enumerable.Range(1, Clients).Select(n => Client(x, y, $"c{n}", n <= OldClients ? 1 : 2, seed + n)).ToList();

        await Task.WhenAll(clients.Select(client => client.RunAsync(Edits / Clients)));
        await Task.WhenAll(clients.Select(client => client.DrainAsync()));
        var sent = clients.SelectMany(client => client.Sent).ToList();
        var operators = await SettleAsync(x, y, sent, resolver, new Random(seed));
        foreach (var client in clients)
            await client.DrainAsync();

        Report(sent);
        var log = await LogAsync(x);
        var faults = new History(log, sent, operators.Decisions).Check();
        Assert.True(faults.Count == 0, $"Seed {seed}:\n{string.Join("\n", faults)}");
        await AssertAgreementAsync(x, y, clients, log);
    }

    /// <summary>All replicas, those who load or read the log anew, and the cluster have what the log says.</summary>
    private static async Task AssertAgreementAsync(GatedApp x, GatedApp y, List<SimClient> clients, IReadOnlyList<LogState> log)
    {
        var truth = new SortedDictionary<string, string>(
            log.GroupBy(entry => entry.Record).Select(entries => entries.Last()).Where(entry => entry.After is not null)
                .ToDictionary(entry => entry.Record.ToString(), entry => new Held(entry.Rev, entry.After).ToString()), StringComparer.Ordinal);
        var cluster = new ClusterView(x.Stack.Emulator!, x.Services.Get<IRowCodecs>().Of).Alive(Dataset)
            .ToDictionary(pair => new RecordName(pair.Key.Store, Keys.Json(pair.Key.Key)).ToString(), pair => $"rev {pair.Value.Rev} {Keys.Json(pair.Value.Value!)}");
        Assert.Equal(truth, new SortedDictionary<string, string>(cluster, StringComparer.Ordinal));
        foreach (var version in new[] { 1, 2 })
        {
            var (loader, reader) = (Client(x, y, "loader", version, 0), Client(y, x, "reader", version, 0));
            await loader.LoadAsync(7);
            await reader.PullAsync(100, toTheEnd: true);
            Assert.Equal(version == 2 ? truth : reader.Shown, loader.Shown);
            Assert.Equal(loader.Shown, reader.Shown);
            Assert.All(version == 1 ? clients.Take(OldClients) : clients.Skip(OldClients), client => Assert.Equal(loader.Shown, client.Shown));
        }
    }

    private static async Task<Operators> SettleAsync(GatedApp x, GatedApp y, List<SentChange> sent, MoodyResolver resolver, Random random)
    {
        using var olga = new DatasetClient(x.Stack, Dataset, "olga", "olga");
        using var otto = new DatasetClient(y.Stack, Dataset, "otto", "otto");
        var operators = new Operators(olga, otto, random);
        await operators.SettlePoisonAsync(sent.Where(change => change.PoisonId is not null).ToDictionary(change => change.PoisonId!), resolver);
        await operators.SettleConflictsAsync([.. sent.Select(change => change.ConflictId).OfType<string>().Distinct()]);
        await Eventually.TrueAsync("all of the log is on the cluster", async () => (await olga.DatasetAsync()) is var dataset && dataset.Number("applied") == dataset.Number("head"), TimeSpan.FromSeconds(60));
        return operators;
    }

    private static SimClient Client(GatedApp x, GatedApp y, string id, int version, int seed) => new(id, version, new Random(seed), x.Api(Dataset, id), y.Api(Dataset, id));

    private Task<GatedApp> StartAsync(TemporaryFolder folder, MoodyResolver resolver, GatedApp? beside) => GatedApp.StartAsync(
        azurite,
        beside,
        new Dictionary<string, string> { [StoreFolder.Setting] = beside is null ? FiveStores.Write(folder) : folder.Path, ["Stores:SchemaVersion"] = "2" },
        services => services.AddConflictResolver(FiveStores.Resolver, resolver));

    private static async Task<IReadOnlyList<LogState>> LogAsync(GatedApp app)
    {
        var log = app.OpenLog();
        var head = await log.ReadHeadAsync(Dataset, Cancel);
        var states = LogState.Of((await log.ReadSegmentsAsync(Dataset, 0, head!.Seq, int.MaxValue, Cancel))!);
        Assert.Equal(Enumerable.Range(1, (int)head.Seq).Select(rev => (long)rev), states.Select(entry => entry.Rev));
        return states;
    }

    private void Report(List<SentChange> sent)
    {
        foreach (var outcomes in sent.GroupBy(change => (change.Record.Store, Outcome: change.Result.GetProperty("outcome").GetString(), change.Reason)).OrderBy(group => group.Key.ToString(), StringComparer.Ordinal))
            output.WriteLine($"{outcomes.Key.Store} {outcomes.Key.Outcome} {outcomes.Key.Reason}: {outcomes.Count()}");
    }

    private int Seed()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("MYRIADSYNC_FIVE_CLIENTS_SEED"), out var given) ? given : Random.Shared.Next(1_000_000);
        output.WriteLine($"Seed {seed}; MYRIADSYNC_FIVE_CLIENTS_SEED={seed} takes it again.");
        return seed;
    }
}
