namespace MyriadSync.ConformanceTests.Gateways;

/// <summary>The emulator, in this process.</summary>
public sealed class EmulatedHBase : IGateway
{
    public static async Task<GatewayAddress> StartAsync(RunningGateways running) => new((await running.EmulatorAsync()).HBaseAddress);
}
