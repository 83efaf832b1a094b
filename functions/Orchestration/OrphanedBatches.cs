using Microsoft.DurableTask.Client;
using MyriadSync.ChangeLog;
using MyriadSync.Payloads;

namespace MyriadSync.Orchestration;

/// <summary>
/// Claim checks of batches whose request or orchestration ended between storing one and removing it. A batch that still waits for the cluster keeps
/// its own, however old it is.
/// </summary>
internal sealed class OrphanedBatches(IPayloadStore payloads)
{
    /// <summary>Removes those stored before <paramref name="limit"/>.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SweepAsync(DurableTaskClient durable, DateTimeOffset limit, CancellationToken cancellationToken)
    {
        var swept = 0;
        await foreach (var payload in payloads.ListAsync(StorageNames.BatchesFolder, limit, cancellationToken))
        {
            var instanceId = payload.Name.Split('/')[1];
            if (await durable.GetInstanceAsync(instanceId, cancellationToken) is not { IsRunning: true }
                && await payloads.DeleteUnchangedAsync(payload, cancellationToken))
            {
                swept++;
            }
        }

        return swept;
    }
}
