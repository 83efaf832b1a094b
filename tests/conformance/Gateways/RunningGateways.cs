using MyriadSync.ConformanceTests.Gateways;
using MyriadSync.ConformanceTests.Support;
using MyriadSync.MyriadEmulator;

[assembly: AssemblyFixture(typeof(RunningGateways))]

namespace MyriadSync.ConformanceTests.Gateways;

/// <summary>The gateways of this run: each is started when the first test asks for it, and stopped at the end.</summary>
public sealed class RunningGateways : IAsyncDisposable
{
    private readonly Lazy<Task<MyriadEmulatorHost>> _emulator = new(() => MyriadEmulatorHost.StartAsync(new MyriadEmulatorOptions { HBasePort = 0, SchedulerPort = 0 }));

    private readonly Lazy<Task<HBaseProcess?>> _hbase = new(async () => HBaseProcess.Script is { } script ? await HBaseProcess.StartAsync(script) : null);

    private readonly Lazy<Task<GatewayAddress>> _real;

    public RunningGateways() => _real = new(FindRealAsync);

    public Task<MyriadEmulatorHost> EmulatorAsync() => _emulator.Value;

    public Task<GatewayAddress> RealAsync() => _real.Value;

    public async ValueTask DisposeAsync()
    {
        if (_emulator.IsValueCreated)
            await (await _emulator.Value).DisposeAsync();
        if (_hbase.IsValueCreated && await _hbase.Value is { } hbase)
            await hbase.DisposeAsync();
    }

    private async Task<GatewayAddress> FindRealAsync()
    {
        if (Environment.GetEnvironmentVariable("HBASE_REST_URL") is { Length: > 0 } url)
            return new GatewayAddress(new Uri(url));
        if (HBaseProcess.Script is null)
            return new GatewayAddress(null, $"No real HBase: name a REST gateway in HBASE_REST_URL, or {SharedFolder.HowToHaveIt} that holds hbase/run.sh.");
        return await JavaRuntime.IsThereAsync()
            ? new GatewayAddress((await _hbase.Value)!.Address)
            : new GatewayAddress(null, "No real HBase: hbase/run.sh needs a `java` of version 17 on the path; or name a REST gateway in HBASE_REST_URL.");
    }
}
