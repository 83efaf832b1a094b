using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.Myriad;
using MyriadSync.Myriad.HBase;

namespace MyriadSync.IntegrationTests.Myriad;

/// <summary>A gateway, the app's record store on it, and a way round the store for what jobs and operators do. Its tables go when it goes.</summary>
public abstract class RecordStoreHost : IAsyncLifetime
{
    private readonly List<ServiceProvider> _providers = [];
    private readonly List<string> _tables = [];
    private readonly HttpClient _raw = new();
    private int _names;

    /// <summary>Where the gateway is; null when there is none, and then <see cref="Missing"/> says what would bring one.</summary>
    public Uri? Gateway { get; protected set; }

    /// <summary>Why tests on it are skipped.</summary>
    public string? Missing { get; protected set; }

    /// <summary>The store that most tests share.</summary>
    public IRecordStore Store => field ??= NewStore();

    /// <summary>The table that most tests share, each with row keys of its own.</summary>
    public string Table => field ??= NewTable();

    /// <summary>Another store, as another instance of the app would have.</summary>
    public IRecordStore NewStore(params (string Key, string Value)[] settings)
    {
        Assert.SkipWhen(Gateway is null, Missing ?? "");
        Dictionary<string, string?> values = new() { ["Myriad:HBase:Endpoints:0"] = Gateway!.AbsoluteUri };
        foreach (var (key, value) in settings)
            values["Myriad:HBase:" + key] = value;
        var provider = new ServiceCollection().AddLogging().AddHBase(new ConfigurationBuilder().AddInMemoryCollection(values).Build()).BuildServiceProvider();
        _providers.Add(provider);
        return provider.GetRequiredService<IRecordStore>();
    }

    /// <summary>A name of a table that does not exist.</summary>
    public string NewTable()
    {
        var table = $"it{Environment.ProcessId}:t{Interlocked.Increment(ref _names)}";
        _tables.Add(table);
        return table;
    }

    /// <summary>A prefix for row keys that no other test uses.</summary>
    public string NewPrefix() => $"ds{Interlocked.Increment(ref _names)}~todos~";

    /// <summary>A request past the store.</summary>
    public async Task<string> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, Gateway!.AbsoluteUri.TrimEnd('/') + path);
        request.Headers.Accept.ParseAdd("application/json");
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _raw.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    public abstract ValueTask InitializeAsync();

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var table in _tables)
        {
            // Not every test gets as far as creating its table.
            if (Gateway is not null)
                using (await _raw.DeleteAsync(new Uri(Gateway.AbsoluteUri.TrimEnd('/') + $"/{table}/schema"))) { }
        }

        foreach (var provider in _providers)
            await provider.DisposeAsync();
        _raw.Dispose();
        GC.SuppressFinalize(this);
    }
}
