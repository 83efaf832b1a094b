using System.Net;

namespace MyriadSync.ConformanceTests.Gateways;

/// <summary>
/// A table for the tests of one class: <c>d</c> keeps five versions, <c>m</c> one. Making one takes a real HBase a second, so tests share it and keep to rows of their
/// own. It goes when the class is done.
/// </summary>
public sealed class SharedTable<TGateway>(RunningGateways running) : IAsyncLifetime
    where TGateway : IGateway
{
    public const string Namespace = "conformance";

    private readonly List<string> _tables = [];
    private GatewayAddress _address = new(null);
    private GatewayClient? _client;
    private int _lastName;

    public string Name { get; private set; } = "";

    /// <summary>Skips the test if there is no such gateway.</summary>
    public GatewayClient Client
    {
        get
        {
            Assert.SkipWhen(_client is null, _address.Missing);
            return _client!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        _address = await TGateway.StartAsync(running);
        if (_address.Address is null)
            return;
        _client = new GatewayClient(_address.Address);
        await _client.PostAsync($"/namespaces/{Namespace}", "{}");
        Name = NewName();
        (await _client.PostAsync($"/{Name}/schema", Json.Schema(("d", "\"VERSIONS\":\"5\""), ("m", "")))).Expect(HttpStatusCode.Created);
    }

    /// <summary>The name of a table that does not exist yet; dropped at the end if a test made it.</summary>
    public string NewName()
    {
        var name = $"{Namespace}:t{Guid.NewGuid():N}-{Interlocked.Increment(ref _lastName)}";
        lock (_tables)
            _tables.Add(name);
        return name;
    }

    /// <summary>A row key that no other test uses.</summary>
    public string NewRow() => $"r{Interlocked.Increment(ref _lastName):d6}";

    public async ValueTask DisposeAsync()
    {
        if (_client is null)
            return;
        foreach (var table in _tables)
            await _client.DeleteAsync($"/{table}/schema");
        _client.Dispose();
    }
}
