using Microsoft.Azure.Functions.Worker;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Orchestration.Stages;
using MyriadSync.Pipeline.Resolve;
using MyriadSync.Pipeline.Transform;
using MyriadSync.Telemetry;

namespace MyriadSync.Orchestration.Activities;

/// <summary>
/// Resolves and commits a batch, then does what follows from the commit: what was parked is told (<see cref="AfterCommit"/>), and the claim check goes. A crash
/// in between makes it run again; it finds the batch committed and does the rest.
/// </summary>
internal sealed class ResolveActivity(
    BatchLoader loader, BatchMemory memory, ChangeTransformer transformer, FetchStage fetch, CommitStage commit, IChangeLog log, AfterCommit after, IStoreCatalog stores, SyncMetrics metrics)
{
    /// <summary>Runs the stage.</summary>
    [Function(nameof(ResolveActivity))]
    public async Task<ResolveResult> RunAsync([ActivityTrigger] SyncBatchInput input, CancellationToken cancellationToken)
    {
        var result = await TryAsync(input, cancellationToken);
        metrics.Waits(result.WaitReason);
        return result;
    }

    private async Task<ResolveResult> TryAsync(SyncBatchInput input, CancellationToken cancellationToken)
    {
        try
        {
            var instanceId = new BatchScope(input.Dataset, input.ClientId, input.BatchId).InstanceId;
            var batch = await loader.LoadAsync(input, instanceId, cancellationToken);
            return batch is null ? await AfterwardsAsync(input, null, null, cancellationToken) : await ResolveAsync(input, batch, memory.Get(instanceId), cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            return new ResolveResult { WaitReason = WaitReasons.StorageUnreachable };
        }
    }

    private async Task<ResolveResult> ResolveAsync(SyncBatchInput input, Batch batch, BatchMemory.Item item, CancellationToken cancellationToken)
    {
        if (item.Rows is null)
        {
            var fetched = await fetch.FetchAsync(input.Dataset, batch, cancellationToken);
            if (fetched.Rows is null)
            {
                return new ResolveResult { WaitReason = fetched.WaitReason };
            }

            item.Rows = fetched.Rows;
        }

        item.Transformed ??= transformer.Transform(input.Dataset, batch, input.Roles);
        var answer = await commit.CommitAsync(input.Dataset, input.Sub, item.Transformed, item.Rows, input.TraceParent, cancellationToken);
        item.Rows = null;
        if (answer.Settled is null)
        {
            return new ResolveResult { FetchAgain = answer.FetchAgain, WaitReason = answer.WaitReason, Problem = answer.Problem, ExpectedSeq = answer.ExpectedSeq };
        }

        Count(answer.Settled);
        item.Settled = answer.Settled.Count > 0 && answer.Settled[0].FirstSeq == input.FirstSeq ? answer.Settled : null;
        return await AfterwardsAsync(input, batch, item.Settled, cancellationToken);
    }

    private void Count(IReadOnlyList<OutcomesRow> settled)
    {
        var outcomes = settled.SelectMany(row => row.Outcomes).ToList();
        metrics.Settled(outcomes.Select(outcome => outcome.Outcome));
        foreach (var contested in outcomes.Where(outcome => StorePolicy.IsContested(outcome.Outcome, outcome.Reason)).GroupBy(outcome => stores.Find(outcome.Record!.Value.Store)?.Policy ?? ConflictPolicy.LastWriteWins))
        {
            metrics.Contested(contested.Key, contested.Count());
        }
    }

    private async Task<ResolveResult> AfterwardsAsync(SyncBatchInput input, Batch? batch, IReadOnlyList<OutcomesRow>? settled, CancellationToken cancellationToken)
    {
        settled ??= await log.ReadOutcomesAsync(input.Dataset, input.ClientId, input.FirstSeq, input.LastSeq, cancellationToken);
        await after.FollowAsync(input, batch, settled, cancellationToken);
        await loader.ReleaseAsync(input, cancellationToken);
        return new ResolveResult { HeadSeq = settled.Count > 0 ? settled[^1].HeadSeq : 0 };
    }
}
