using MyriadSync.ChangeLog;

namespace MyriadSync.Orchestration.Stages;

/// <summary>
/// Commits, and tries again whenever the log moved under it: it reads what is new and asks the work anew. The transaction is what decides.
/// </summary>
internal sealed class CommitLoop(IChangeLog log, CommitSignals signals, LostLogs lost)
{
    /// <summary>Tries before giving others a turn: each failed one means that somebody else got through.</summary>
    private const int MaxTries = 25;

    /// <summary>Runs the work to its end. The caller holds the window's <see cref="LogWindow.CommitGate"/>.</summary>
    public async Task<TAnswer> RunAsync<TAnswer>(LogWindow window, ICommitWork<TAnswer> work, CancellationToken cancellationToken)
        where TAnswer : class
    {
        var fresh = false;
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var step = await work.NextAsync(window, cancellationToken);
            if (step.End is not null)
            {
                return step.End;
            }

            if (step.Refresh && fresh)
            {
                // The log was read after the rows, and writes before them: no log that is whole is behind one.
                lost.Report(window.Dataset, window.HeadSeq);
                return work.Waits(WaitReasons.LogBehindCluster);
            }

            if (step.Refresh)
            {
                fresh = await window.RefreshAsync(cancellationToken);
                continue;
            }

            fresh = false;

            var answer = await log.CommitAsync(window.Dataset, step.Commit!, cancellationToken);
            if (answer.Verdict == CommitVerdict.Committed)
            {
                if (!window.TryAppend(answer))
                {
                    await window.RefreshAsync(cancellationToken);
                }

                signals.Notify(window.Dataset, answer.Head!);
                tries = -1;
            }
            else if (answer.Verdict == CommitVerdict.Moved)
            {
                await window.RefreshAsync(cancellationToken);
            }

            await work.NoteAsync(step.Commit!, answer, cancellationToken);
        }

        return work.Waits(WaitReasons.Contention);
    }
}
