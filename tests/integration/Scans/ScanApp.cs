using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.ChangeLog;
using MyriadSync.IntegrationTests.Myriad;
using MyriadSync.Myriad;
using MyriadSync.Orchestration.Audits;
using MyriadSync.Orchestration.Scans;

namespace MyriadSync.IntegrationTests.Scans;

/// <summary>An instance of the app whose scans a test runs itself, on a table of its own.</summary>
internal sealed class ScanApp : IAsyncDisposable
{
    private static int _tables;
    private readonly List<IDisposable> _owned = [];

    private ScanApp(GatedApp gates, string table) => (Gates, Table) = (gates, table);

    /// <summary>The instance, with gates round its log and its record store.</summary>
    public GatedApp Gates { get; }

    /// <summary>The table.</summary>
    public string Table { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts an instance.</summary>
    /// <param name="azurite">Storage of all tests.</param>
    /// <param name="host">The cluster; null: an emulator of its own.</param>
    /// <param name="settings">Settings besides.</param>
    /// <param name="beside">The instance whose account and cluster it shares.</param>
    /// <param name="register">Registers what the test's app consists of besides.</param>
    public static async Task<ScanApp> StartAsync(
        SharedAzurite azurite, RecordStoreHost? host = null, IReadOnlyDictionary<string, string>? settings = null, ScanApp? beside = null, Action<IServiceCollection>? register = null)
    {
        Assert.SkipWhen(host is not null && host.Gateway is null, host?.Missing ?? "");
        var table = beside?.Table ?? host?.NewTable() ?? string.Create(CultureInfo.InvariantCulture, $"myriadsync:scanned{Interlocked.Increment(ref _tables)}");
        var more = new Dictionary<string, string>(settings ?? new Dictionary<string, string>())
        {
            ["Myriad:Tables:Groups:0:Datasets"] = "*",
            ["Myriad:Tables:Groups:0:Table"] = table,
        };
        return new ScanApp(await GatedApp.StartAsync(azurite, beside?.Gates, more, register, host?.Gateway), table);
    }

    /// <summary>Scans once.</summary>
    public async Task<ScanReport> ScanAsync() => await Gates.Services.Get<ClusterScan>().RunAsync(Table, Cancel);

    /// <summary>Begins an audit and brings it to its end.</summary>
    public async Task<AuditMark> AuditAsync()
    {
        await Gates.Services.Get<ClusterAudit>().BeginAsync(Cancel);
        return await GoOnAsync();
    }

    /// <summary>Goes on with an audit that is under way.</summary>
    public Task<AuditMark> GoOnAsync() => Gates.Services.Get<ClusterAudit>().ContinueAsync(Table, TimeSpan.FromSeconds(120), Cancel);

    /// <summary>Waits until a time (ms) has come by the cluster's clock, as the app knows it: what a job wrote at it is no cell of the future then.</summary>
    public Task ReachAsync(long timestamp) => Eventually.TrueAsync(
        "the cluster's clock is there",
        async () =>
        {
            var clock = Gates.Services.Get<ClusterClock>();
            await clock.RemeasureAsync(Table, Cancel);
            return clock.NowMs > timestamp;
        },
        TimeSpan.FromSeconds(60));

    /// <summary>A client of a dataset.</summary>
    public DatasetClient Client(string dataset, string clientId = "c1")
    {
        var client = new DatasetClient(Gates.Stack, dataset, clientId);
        _owned.Add(client);
        return client;
    }

    /// <summary>A job on a dataset's rows.</summary>
    public RestJob Job(string dataset)
    {
        var job = new RestJob(Gates.Stack.HBaseAddress, dataset, Table);
        _owned.Add(job);
        return job;
    }

    public async ValueTask DisposeAsync()
    {
        _owned.ForEach(owned => owned.Dispose());
        await Gates.DisposeAsync();
    }
}
