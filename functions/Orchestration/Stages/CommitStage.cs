using Microsoft.Extensions.Options;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Myriad;
using MyriadSync.Pipeline.Resolve;

namespace MyriadSync.Orchestration.Stages;

/// <summary>
/// Resolves a batch and commits it, in as many commits as it needs. Running it twice is safe: what the first run committed, the second finds below
/// the client's last seq.
/// </summary>
internal sealed class CommitStage(
    IChangeLog log, LogWindows windows, ClusterClock clock, BatchResolver resolver, CommitLoop loop, CommitFactory factory, TimeProvider time, IOptions<SyncLimits> limits)
{
    public async Task<CommitStageAnswer> CommitAsync(string dataset, string sub, Batch batch, FetchedRows rows, string traceParent, CancellationToken cancellationToken)
    {
        var window = windows.Get(dataset);
        await window.CommitGate.WaitAsync(cancellationToken);
        try
        {
            if (!await window.LoadAsync(cancellationToken))
            {
                return new CommitStageAnswer { WaitReason = WaitReasons.ClusterBehind };
            }

            var client = await log.ReadClientAsync(dataset, batch.ClientId, cancellationToken);
            var run = new BatchRun { Dataset = dataset, Sub = sub, Batch = batch, Rows = rows, TraceParent = traceParent, Client = client, CheckedUpTo = batch.FirstSeq - 1 };
            return await loop.RunAsync(window, new BatchCommits(run, log, clock, resolver, factory, time, limits.Value), cancellationToken);
        }
        finally
        {
            window.CommitGate.Release();
        }
    }
}
