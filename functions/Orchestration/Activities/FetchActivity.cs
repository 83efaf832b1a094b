using Microsoft.Azure.Functions.Worker;
using MyriadSync.Contracts;
using MyriadSync.Orchestration.Stages;
using MyriadSync.Telemetry;

namespace MyriadSync.Orchestration.Activities;

/// <summary>Reads the records that a batch touches.</summary>
internal sealed class FetchActivity(BatchLoader loader, BatchMemory memory, FetchStage stage, SyncMetrics metrics)
{
    /// <summary>Runs the stage; the rows stay in this process, for the activities after it.</summary>
    [Function(nameof(FetchActivity))]
    public async Task<FetchResult> RunAsync([ActivityTrigger] SyncBatchInput input, CancellationToken cancellationToken)
    {
        var result = await FetchAsync(input, cancellationToken);
        metrics.Waits(result.WaitReason);
        return result;
    }

    private async Task<FetchResult> FetchAsync(SyncBatchInput input, CancellationToken cancellationToken)
    {
        try
        {
            var instanceId = new BatchScope(input.Dataset, input.ClientId, input.BatchId).InstanceId;
            if (await loader.LoadAsync(input, instanceId, cancellationToken) is not { } batch)
            {
                return new FetchResult(null);
            }

            var fetched = await stage.FetchAsync(input.Dataset, batch, cancellationToken);
            memory.Get(instanceId).Rows = fetched.Rows;
            return new FetchResult(fetched.WaitReason);
        }
        catch (StorageUnavailableException)
        {
            return new FetchResult(WaitReasons.StorageUnreachable);
        }
    }
}
