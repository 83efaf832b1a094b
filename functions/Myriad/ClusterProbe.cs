using MyriadSync.Contracts;

namespace MyriadSync.Myriad;

/// <summary>Whether the cluster's record store answers. Pulls, and pushes to records that the log knows, go on without it.</summary>
internal sealed class ClusterProbe(IRecordStore store) : IHealthProbe
{
    public string Name => "cluster";

    public bool Essential => false;

    public async Task<ProbeResult> CheckAsync(CancellationToken cancellationToken)
    {
        var health = await store.CheckAsync(cancellationToken);
        return health.Fault switch
        {
            StoreFault.None => ProbeResult.Fine,
            StoreFault.Unauthorized => new ProbeResult(false, "cluster-refuses-credentials"),
            StoreFault.Misconfigured => new ProbeResult(false, "cluster-misconfigured"),
            _ => new ProbeResult(false, "cluster-unreachable"),
        };
    }
}
