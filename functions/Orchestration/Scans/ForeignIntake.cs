using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Myriad;
using MyriadSync.Orchestration.Stages;
using MyriadSync.Pipeline.Resolve.Foreign;

namespace MyriadSync.Orchestration.Scans;

/// <summary>
/// Takes what jobs wrote into the log, and tells the cluster so. Safe to run twice, or by two instances at a time: a row that was taken over no longer differs
/// from what <c>m</c> says of it, and a commit on an old head fails.
/// </summary>
internal sealed class ForeignIntake(FetchStage fetch, LogWindows windows, ClusterClock clock, CommitLoop loop, CommitFactory factory, ApplyStage apply, IApplyQueue queue, FutureRows future, ForeignJudge jobs)
{
    /// <summary>Records read and judged at a time: bounds memory, and how long commits of clients wait for these.</summary>
    private const int MaxRecords = 1000;

    /// <summary>Fetches in a row: each failed one means that the log ran on by thousands of entries meanwhile.</summary>
    private const int MaxFetches = 5;

    /// <summary>Findings of one dataset as they are judged: each store by itself, because one whose rows cannot be judged must not keep the others.</summary>
    public static IEnumerable<ScanFinding[]> Parts(IEnumerable<ScanFinding> findings) => findings.GroupBy(finding => finding.Record.Store).SelectMany(group => group.Chunk(MaxRecords));

    /// <summary>Judges records of one dataset, and takes over those that somebody else wrote.</summary>
    public Task<IntakeAnswer> TakeAsync(string dataset, IReadOnlyList<RecordId> records, CancellationToken cancellationToken) =>
        TakeAsync(dataset, [.. records.Select(record => new ScanFinding(record, 0, []))], cancellationToken);

    /// <summary>Judges what a scan found in one dataset, and takes over what somebody else wrote.</summary>
    public async Task<IntakeAnswer> TakeAsync(string dataset, ScanFinding[] findings, CancellationToken cancellationToken)
    {
        var records = findings.Select(finding => finding.Record).ToList();
        var taken = 0;
        for (var fetches = 0; fetches < MaxFetches; fetches++)
        {
            var fetched = await fetch.FetchAsync(dataset, findings.Select(finding => (finding.Record, finding.Gone)), cancellationToken);
            if (fetched.Rows is null)
            {
                return new IntakeAnswer { Deferred = records.ToHashSet(), WaitReason = fetched.WaitReason, Taken = taken };
            }

            await future.TellAsync(dataset, fetched.Rows, cancellationToken);
            var answer = await CommitAsync(dataset, findings, Uncover(dataset, findings, fetched.Rows), cancellationToken);
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

    /// <summary>The rows with what a reader of them does not see: cells under newer ones, and that somebody deleted them.</summary>
    public FetchedRows Uncover(string dataset, ScanFinding[] findings, FetchedRows rows)
    {
        var window = windows.Get(dataset);
        var states = rows.States.ToDictionary();
        foreach (var finding in findings.Where(finding => finding.Gone || finding.Hidden.Count > 0))
        {
            if (states.TryGetValue(finding.Record, out var state))
            {
                states[finding.Record] = finding.Gone
                    ? ForeignJudge.Miss(state, window.Latest(finding.Record))
                    : jobs.Uncover(finding.Record, state, finding.Hidden);
            }
        }

        return rows with { States = states };
    }

    private async Task<IntakeAnswer> CommitAsync(string dataset, ScanFinding[] findings, FetchedRows rows, CancellationToken cancellationToken)
    {
        var window = windows.Get(dataset);
        await window.CommitGate.WaitAsync(cancellationToken);
        try
        {
            return await window.LoadAsync(cancellationToken)
                ? await loop.RunAsync(window, new ForeignCommits(findings, rows, clock, factory), cancellationToken)
                : new IntakeAnswer { Deferred = findings.Select(finding => finding.Record).ToHashSet(), WaitReason = WaitReasons.ClusterBehind };
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
