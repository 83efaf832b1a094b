using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace MyriadSync.Triggers.Timers;

/// <summary>Removes orchestrations that ended long ago. What became of their batches stays in the log.</summary>
internal sealed class HistoryTimer(TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Purges.</summary>
    [Function("PurgeHistory")]
    public Task RunAsync([TimerTrigger("%History:Schedule%")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken) =>
        durable.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(
                CreatedTo: time.GetUtcNow() - Kept,
                Statuses: [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated]),
            cancellationToken);
}
