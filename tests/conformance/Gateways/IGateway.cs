namespace MyriadSync.ConformanceTests.Gateways;

/// <summary>Which gateway a set of tests runs against.</summary>
public interface IGateway
{
    /// <summary>Where it listens, started if need be.</summary>
    static abstract Task<GatewayAddress> StartAsync(RunningGateways running);
}
