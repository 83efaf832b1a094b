using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Myriad;
using MyriadSync.Orchestration.Stages;

namespace MyriadSync.Orchestration.Scans;

/// <summary>
/// Takes what jobs wrote into the log, and tells the cluster so. Safe to run twice, or by two instances at a time: a row that was taken over no longer differs
/// from what <c>m</c> says of it, and a commit on an old head fails.
/// </summary>
internal sealed class ForeignIntake(FetchStage fetch, LogWindows windows, ClusterClock clock, CommitLoop loop, CommitFactory factory, ApplyStage apply, IApplyQueue queue, FutureRows future)
{
    /// <summary>Records read and judged at a time: bounds memory, and how long commits of clients wait for these.</summary>
    public const int MaxRecords = 1000;

    /// <summary>Fetches in a row: each failed one means that the log ran on by thousands of entries meanwhile.</summary>
    private const int MaxFetches = 5;

    /// <summary>Judges records of one dataset, and takes over those that somebody else wrote.</summary>
    public async Task<IntakeAnswer> TakeAsync(string dataset, IReadOnlyList<RecordId> records, CancellationToken cancellationToken)
    {
        var taken = 0;
        for (var fetches = 0; fetches < MaxFetches; fetches++)
        {
            var fetched = await fetch.FetchAsync(dataset, records.Select(record => (record, false)), cancellationToken);
            if (fetched.Rows is null)
            {
                return new IntakeAnswer { Deferred = records.ToHashSet(), WaitReason = fetched.WaitReason, Taken = taken };
            }

            await future.TellAsync(dataset, fetched.Rows, cancellationToken);
            var answer = await CommitAsync(dataset, records, fetched.Rows, cancellationToken);
            taken += answer.Taken;
            if (answer.Taken > 0)
            {
                await BringToClusterAsync(dataset, answer.HeadSeq, cancellationToken);
            }

            if (!answer.FetchAgain)
            {
                return answer with { Taken = taken };
            }
        }

        return new IntakeAnswer { Deferred = records.ToHashSet(), WaitReason = WaitReasons.Contention, Taken = taken };
    }

    private async Task<IntakeAnswer> CommitAsync(string dataset, IReadOnlyList<RecordId> records, FetchedRows rows, CancellationToken cancellationToken)
    {
        var window = windows.Get(dataset);
        await window.CommitGate.WaitAsync(cancellationToken);
        try
        {
            return await window.LoadAsync(cancellationToken)
                ? await loop.RunAsync(window, new ForeignCommits(records, rows, clock, factory), cancellationToken)
                : new IntakeAnswer { Deferred = records.ToHashSet(), WaitReason = WaitReasons.ClusterBehind };
        }
        finally
        {
            window.CommitGate.Release();
        }
    }

    private async Task BringToClusterAsync(string dataset, long headSeq, CancellationToken cancellationToken)
    {
        if ((await apply.CatchUpAsync(dataset, headSeq, cancellationToken)).WaitReason is not null)
        {
            await queue.SendAsync(new ApplyMessage { Dataset = dataset }, TimeSpan.Zero, cancellationToken);
        }
    }
}
