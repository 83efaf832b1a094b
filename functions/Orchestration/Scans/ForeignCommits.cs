using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Myriad;
using MyriadSync.Orchestration.Stages;

namespace MyriadSync.Orchestration.Scans;

/// <summary>
/// The commits that take over what jobs wrote. A row is judged only if no entry for its record lies between <c>applied</c>, read before the row, and the head
/// that the commit stands on: else the row may show half of a commit of ours, and waits.
/// </summary>
internal sealed class ForeignCommits(ScanFinding[] findings, FetchedRows rows, ClusterClock clock, CommitFactory factory) : ICommitWork<IntakeAnswer>
{
    /// <summary>Entries of a commit: well within one transaction for records of a common size.</summary>
    private const int MaxEntries = 500;

    private readonly HashSet<RecordId> _taken = [];
    private readonly HashSet<RecordId> _tooLarge = [];
    private int _limit = MaxEntries;

    public IntakeAnswer Waits(string reason) => new() { Deferred = All(), WaitReason = reason };

    public Task<CommitStep<IntakeAnswer>> NextAsync(LogWindow window, CancellationToken cancellationToken) => Task.FromResult(Next(window));

    public Task NoteAsync(Commit commit, CommitAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Verdict == CommitVerdict.Committed)
        {
            _taken.UnionWith(commit.Entries.Select(Of));
        }
        else if (answer.Verdict == CommitVerdict.TooLarge && commit.Entries.Count == 1)
        {
            _tooLarge.Add(Of(commit.Entries[0]));
        }
        else if (answer.Verdict == CommitVerdict.TooLarge)
        {
            _limit = Math.Max(1, commit.Entries.Count / 2);
        }

        return Task.CompletedTask;
    }

    private CommitStep<IntakeAnswer> Next(LogWindow window)
    {
        // Cells from the future have their turn when their time has come: they are in every scan until then.
        var now = Now(window);
        var due = rows.States.Where(pair => pair.Value.NewestCell <= now && !_taken.Contains(pair.Key) && !_tooLarge.Contains(pair.Key)).Select(pair => pair.Key);
        var basis = factory.Basis(window, rows, due, clock.NowMs);
        return basis switch
        {
            { FetchAgain: true } => End(new IntakeAnswer { FetchAgain = true, Taken = _taken.Count }),
            { Refresh: true } => new() { Refresh = true },
            { WaitReason: not null } => End(new IntakeAnswer { Deferred = All(), WaitReason = basis.WaitReason, Taken = _taken.Count, HeadSeq = window.HeadSeq }),
            { Foreign.Count: > 0 } => new() { Commit = factory.Adopt(window, basis with { Foreign = [.. basis.Foreign.Take(_limit)] }, "") },
            _ => End(new IntakeAnswer { Deferred = Deferred(window), Taken = _taken.Count, HeadSeq = window.HeadSeq }),
        };
    }

    private long Now(LogWindow window) => Math.Max(clock.NowMs, window.Head?.LastTs ?? 0);

    private HashSet<RecordId> All() => [.. findings.Select(finding => finding.Record)];

    private HashSet<RecordId> Deferred(LogWindow window) =>
        [.. findings.Where(finding => !_taken.Contains(finding.Record) && finding.Waits(window, rows, Now(window))).Select(finding => finding.Record)];

    private static RecordId Of(LogEntry entry) => new(entry.Store, entry.Key);

    private static CommitStep<IntakeAnswer> End(IntakeAnswer answer) => new() { End = answer };
}
