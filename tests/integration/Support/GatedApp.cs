using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts.Stores;
using MyriadSync.DevStack;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>An instance of the app whose log and record store have gates. Several can share one storage account and one cluster, as instances in the cloud do.</summary>
internal sealed class GatedApp : IAsyncDisposable
{
    /// <summary>A timer must not do by itself, every few seconds, what a test wants done at a certain point.</summary>
    private const string OnceAYear = "0 0 0 1 1 *";

    private readonly GatedApp? _beside;
    private readonly List<IDisposable> _owned = [];

    private GatedApp(LocalStack stack, AppServices services, GatedCalls log, GatedCalls store, GatedApp? beside) =>
        (Stack, Services, Log, Store, _beside) = (stack, services, log, store, beside);

    /// <summary>The stack that the instance is part of.</summary>
    public LocalStack Stack { get; }

    /// <summary>What the instance consists of.</summary>
    public AppServices Services { get; }

    /// <summary>Gates of its change log.</summary>
    public GatedCalls Log { get; }

    /// <summary>Gates of its record store.</summary>
    public GatedCalls Store { get; }

    /// <summary>The cluster, as nobody of the app sees it.</summary>
    public ClusterView Cluster => (_beside?.Stack ?? Stack) is { Emulator: { } emulator } ? new(emulator) : new(Stack.HBaseAddress);

    /// <summary>Starts an instance.</summary>
    /// <param name="azurite">Storage of all tests.</param>
    /// <param name="beside">The instance whose account and cluster it shares; null: it has its own.</param>
    /// <param name="more">Settings besides.</param>
    /// <param name="register">Registers what the test's app consists of besides.</param>
    /// <param name="hbase">A real gateway; null: the emulator.</param>
    public static async Task<GatedApp> StartAsync(
        SharedAzurite azurite, GatedApp? beside = null, IReadOnlyDictionary<string, string>? more = null, Action<IServiceCollection>? register = null, Uri? hbase = null)
    {
        var (services, log, store) = (new AppServices(), new GatedCalls(), new GatedCalls());
        var settings = new Dictionary<string, string>(more ?? new Dictionary<string, string>()) { ["Recovery:Schedule"] = OnceAYear };
        if (beside is not null)
        {
            settings["AzureWebJobsStorage"] = beside.Stack.Storage;
            settings["Storage:ConnectionString"] = beside.Stack.Storage;
        }

        var stack = await azurite.StartStackAsync(new LocalStackOptions
        {
            HBase = beside?.Stack.HBaseAddress ?? hbase,
            Settings = settings,
            ConfigureServices = registered =>
            {
                registered.AddGates(log, store);
                services.Capture(registered);
                register?.Invoke(registered);
            },
        });
        return new GatedApp(stack, services, log, store, beside);
    }

    /// <summary>The API of this instance for a dataset.</summary>
    public WireApi Api(string dataset, string sub = "ann")
    {
        var api = new WireApi(Stack, dataset, sub);
        _owned.Add(api);
        return api;
    }

    /// <summary>The log as it is stored, past the gates.</summary>
    public IChangeLog OpenLog() => new TableChangeLog(Tables(), MappingSet.Plain);

    /// <summary>The storage account's tables.</summary>
    public TableServiceClient Tables() => new((_beside?.Stack ?? Stack).Storage);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _owned.ForEach(owned => owned.Dispose());
        await Stack.DisposeAsync();
    }
}
