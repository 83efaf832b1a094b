using MyriadSync.MyriadEmulator;
using MyriadSync.MyriadEmulator.Faults;

namespace MyriadSync.IntegrationTests.Myriad;

/// <summary>An emulator of our own, in memory.</summary>
public sealed class EmulatorHost : RecordStoreHost
{
    private MyriadEmulatorHost? _emulator;

    /// <summary>What it is told to do wrong.</summary>
    public FaultBoard Faults => _emulator!.Faults;

    public override async ValueTask InitializeAsync()
    {
        _emulator = await MyriadEmulatorHost.StartAsync(new() { HBasePort = 0, SchedulerPort = 0 });
        Gateway = _emulator.HBaseAddress;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_emulator is not null)
            await _emulator.DisposeAsync();
    }
}
