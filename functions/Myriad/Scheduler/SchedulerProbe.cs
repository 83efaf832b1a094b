using MyriadSync.Contracts;

namespace MyriadSync.Myriad.Scheduler;

/// <summary>Whether a Myriad scheduler answers. Nothing but operators' tools needs it.</summary>
internal sealed class SchedulerProbe(ISchedulerClient client) : IHealthProbe
{
    public string Name => "scheduler";

    public bool Essential => false;

    public async Task<ProbeResult> CheckAsync(CancellationToken cancellationToken)
    {
        var health = await client.CheckAsync(cancellationToken);
        return health.Status == SchedulerStatus.Unavailable ? new ProbeResult(false, "scheduler-unreachable") : ProbeResult.Fine;
    }
}
