using System.Text.Json.Nodes;
using MyriadSync.DevStack;
using MyriadSync.IntegrationTests.Support;
using MyriadSync.ReliabilityTests.History;
using MyriadSync.ReliabilityTests.Load;

namespace MyriadSync.ReliabilityTests.Kills;

/// <summary>A stack, its clients, a reader, and the account of what became of it all.</summary>
public sealed class LoadRun : IAsyncDisposable
{
    private const int PageSize = 40;
    private const int BatchesBeforeReading = 10;

    /// <summary>A gateway that hangs is given up soon: each test has many of those.</summary>
    private static readonly Dictionary<string, string> Impatient = new() { ["Myriad:HBase:Timeout"] = "00:00:02" };

    private readonly TemporaryFolder _folder;
    private readonly LocalStack _stack;
    private readonly string _dataset;
    private readonly string _stateFile;
    private readonly Tally _tally = new();
    private readonly List<ServiceWire> _wires = [];
    private readonly List<LoadClient> _clients = [];
    private readonly Random _random;
    private readonly Replica _reader;

    private LoadRun(TemporaryFolder folder, LocalStack stack, string dataset, int clients, int seed)
    {
        (_folder, _stack, _dataset, _random) = (folder, stack, dataset, new Random(seed));
        _stateFile = Path.Combine(folder.Path, "runtime", "state.db");
        for (var i = 0; i < clients; i++)
        {
            var (clientId, random) = ($"client{i}", new Random(_random.Next()));
            _clients.Add(new LoadClient(clientId, new EditMaker(clientId, random, TimeProvider.System), new Outbox(Wire(clientId), clientId, _tally, random)));
        }

        _reader = new Replica(Wire("reader"), PageSize);
    }

    /// <summary>Starts a stack with an empty cluster, and clients that wait to be let loose.</summary>
    /// <param name="dataset">The dataset that they share.</param>
    /// <param name="clients">How many they are.</param>
    /// <param name="seed">What their edits are drawn by.</param>
    /// <param name="hbase">A real gateway with nothing on it; null: the emulator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<LoadRun> StartAsync(string dataset, int clients, int seed, Uri? hbase, CancellationToken cancellationToken)
    {
        var folder = new TemporaryFolder();
        try
        {
            var stack = await LocalStack.StartAsync(new LocalStackOptions { OwnProcess = true, Data = folder.Path, HBase = hbase, Settings = Impatient }, cancellationToken);
            return new LoadRun(folder, stack, dataset, clients, seed);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Pushes at least so many batches, and until the trouble is over.</summary>
    public async Task LoadAsync(int batches, Func<Killer, Outages, CancellationToken, Task> trouble, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var killer = new Killer(_stack, _tally, _random);
        var troubles = trouble(killer, new Outages(_stack, _tally, killer), stop.Token);
        var clients = Task.WhenAll(_clients.Select(client => EndAllAsync(client.RunAsync(() => troubles.IsCompleted && _tally[Happening.Settled] >= batches, stop.Token), stop)));
        try
        {
            await Task.WhenAll(EndAllAsync(troubles, stop), clients, EndAllAsync(ReadAsync(clients, stop.Token), stop));
        }
        finally
        {
            TestContext.Current.TestOutputHelper!.WriteLine($"kills: {killer.Kills}, {_tally}");
        }
    }

    /// <summary>Everything that is not as it should be, once nothing is under way any more.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var wire = new ServiceWire(_stack, _dataset, "checker", _tally);
        var standstill = await SettleAsync(wire, patience, cancellationToken);
        var info = await InfoAsync(wire, cancellationToken);
        var (pulled, loaded) = (new Replica(wire, PageSize), new Replica(wire, PageSize));
        var log = await pulled.FollowAsync(() => false, cancellationToken);
        await loaded.LoadAsync(cancellationToken);
        await _reader.FollowAsync(() => false, cancellationToken);

        var records = HistoryChecker.Fold(log);
        var wanted = _clients.SelectMany(client => client.Wanted).GroupBy(pair => pair.Key.ToString()).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));
        var counted = records.Where(pair => pair.Key.Store == EditMaker.Counters).ToDictionary(pair => pair.Key.ToString(), pair => (long)pair.Value.Value![EditMaker.Total]!);
        return
        [
            .. standstill,
            .. HistoryChecker.Check((long)info["head"]!, log, [.. _clients.SelectMany(client => client.Settled)]),
            .. wanted.Where(pair => counted.GetValueOrDefault(pair.Key) != pair.Value).Select(pair => $"{pair.Key} is {counted.GetValueOrDefault(pair.Key)}; {pair.Value} were added."),
            .. Comparison.Differences("The cluster", ClusterRecords.Read(_stack.HBaseAddress, _dataset), records),
            .. Comparison.Differences("The snapshot", loaded.Alive, records),
            .. Comparison.Differences("Who read all the while", _reader.Alive, records),
            .. Leftovers.Failed(_stateFile),
            .. await Leftovers.StorageAsync(_stack.Storage, cancellationToken),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        _wires.ForEach(wire => wire.Dispose());
        await _stack.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Waits until the cluster has everything and no orchestration runs, and tells what does not come to that.</summary>
    private async Task<IReadOnlyList<string>> SettleAsync(ServiceWire wire, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            await Eventually.TrueAsync("the cluster has everything", async () => IsApplied(await InfoAsync(wire, cancellationToken)), patience);
            await Eventually.TrueAsync("no orchestration runs", () => Leftovers.Running(_stateFile).Count == 0, patience);
            return [];
        }
        catch (TimeoutException exception)
        {
            return [exception.Message, (await InfoAsync(wire, cancellationToken)).ToJsonString(), .. Leftovers.Running(_stateFile)];
        }
    }

    private static bool IsApplied(JsonNode info) => (long)info["applied"]! == (long)info["head"]!;

    private static async Task<JsonNode> InfoAsync(ServiceWire wire, CancellationToken cancellationToken) => (await wire.InsistAsync(HttpMethod.Get, "", null, null, cancellationToken)).Body;

    /// <summary>Reads from early on until the clients are done.</summary>
    private async Task ReadAsync(Task clients, CancellationToken cancellationToken)
    {
        await _tally.MoreAsync(Happening.Settled, BatchesBeforeReading, cancellationToken);
        await _reader.LoadAsync(cancellationToken);
        await _reader.FollowAsync(() => !clients.IsCompleted, cancellationToken);
    }

    private ServiceWire Wire(string sub)
    {
        var wire = new ServiceWire(_stack, _dataset, sub, _tally);
        _wires.Add(wire);
        return wire;
    }

    private static async Task EndAllAsync(Task task, CancellationTokenSource all)
    {
        try
        {
            await task;
        }
        catch
        {
            await all.CancelAsync();
            throw;
        }
    }
}
