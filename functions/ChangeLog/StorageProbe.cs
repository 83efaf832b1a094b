using MyriadSync.Contracts;

namespace MyriadSync.ChangeLog;

/// <summary>Whether storage answers. Without it nothing can be taken in or given out.</summary>
internal sealed class StorageProbe(IChangeLog log) : IHealthProbe
{
    public string Name => "storage";

    public bool Essential => true;

    public async Task<ProbeResult> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await log.CheckAsync(cancellationToken);
            return ProbeResult.Fine;
        }
        catch (StorageUnavailableException)
        {
            return new ProbeResult(false, "storage-unreachable");
        }
    }
}
