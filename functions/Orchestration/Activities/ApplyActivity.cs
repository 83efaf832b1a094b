using Microsoft.Azure.Functions.Worker;
using MyriadSync.Contracts;
using MyriadSync.Orchestration.Stages;

namespace MyriadSync.Orchestration.Activities;

/// <summary>Brings the cluster up to a batch's commit.</summary>
internal sealed class ApplyActivity(ApplyStage stage, IApplyQueue queue)
{
    /// <summary>Runs the stage; on the last try, what is left goes to the queue.</summary>
    [Function(nameof(ApplyActivity))]
    public async Task<ApplyResult> RunAsync([ActivityTrigger] ApplyInput input, CancellationToken cancellationToken)
    {
        var applied = await TryAsync(input, cancellationToken);
        if (!applied && input.LastTry)
        {
            await queue.SendAsync(new ApplyMessage { Dataset = input.Dataset }, TimeSpan.Zero, cancellationToken);
        }

        return new ApplyResult(applied);
    }

    private async Task<bool> TryAsync(ApplyInput input, CancellationToken cancellationToken)
    {
        try
        {
            return (await stage.CatchUpAsync(input.Dataset, input.UpTo, cancellationToken)).AppliedSeq >= input.UpTo;
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }
}
