using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using MyriadSync.ChangeLog;
using MyriadSync.Poison;

namespace MyriadSync.Triggers.Queues;

/// <summary>
/// Takes what the runtime gave up off the built-in <c>-poison</c> queue, as it is, whatever it is: a message that fails here is never moved on.
/// </summary>
internal sealed class PoisonSweepFunctions(IPoisonSweep sweep, ILogger<PoisonSweepFunctions> logger)
{
    /// <summary>Records a message about a dataset that the cluster is behind on.</summary>
    [Function("SweepApplyPoison")]
    public Task SweepApplyAsync([QueueTrigger(StorageNames.ApplyPoisonQueue)] byte[] message, CancellationToken cancellationToken) =>
        LastResort.RecordAsync(StorageNames.ApplyPoisonQueue, message, () => sweep.SweepAsync(StorageNames.ApplyQueue, message, cancellationToken), sweep, logger, cancellationToken);
}
