using Microsoft.Azure.Functions.Worker;
using MyriadSync.Contracts;
using MyriadSync.Pipeline.Transform;

namespace MyriadSync.Orchestration.Activities;

/// <summary>Checks a batch against what its stores and the cluster can take.</summary>
internal sealed class TransformActivity(BatchLoader loader, BatchMemory memory, ChangeTransformer transformer)
{
    /// <summary>Runs the transformer; its result stays in this process, and is cheap to compute again elsewhere.</summary>
    [Function(nameof(TransformActivity))]
    public async Task<TransformResult> RunAsync([ActivityTrigger] SyncBatchInput input, CancellationToken cancellationToken)
    {
        var instanceId = new BatchScope(input.Dataset, input.ClientId, input.BatchId).InstanceId;
        if (await loader.LoadAsync(input, instanceId, cancellationToken) is not { } batch)
        {
            return new TransformResult(0, 0);
        }

        var transformed = memory.Get(instanceId).Transformed ??= transformer.Transform(input.Dataset, batch, input.Roles);
        return new TransformResult(transformed.Changes.Count, transformed.Changes.Count(change => change.Refusal is not null));
    }
}
