using Microsoft.Azure.Functions.Worker;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Poison;

namespace MyriadSync.Triggers.Queues;

/// <summary>Records what could not be processed, where operators look for it.</summary>
internal sealed class PoisonQueueFunction(PoisonTable table)
{
    /// <summary>Records one item.</summary>
    [Function("RecordPoison")]
    public async Task RunAsync([QueueTrigger(StorageNames.PoisonQueue)] PoisonItem item, CancellationToken cancellationToken)
    {
        if (item.Version > 1)
        {
            throw new NewerFormatException("A message of queue " + StorageNames.PoisonQueue, item.Version, 1);
        }

        await table.RecordAsync(item, cancellationToken);
    }
}
