namespace MyriadSync.ConformanceTests.Gateways;

/// <summary>A real HBase REST gateway, where there is one.</summary>
public sealed class RealHBase : IGateway
{
    public static Task<GatewayAddress> StartAsync(RunningGateways running) => running.RealAsync();
}
