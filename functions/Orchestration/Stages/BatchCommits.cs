using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Myriad;
using MyriadSync.Pipeline.Resolve;

namespace MyriadSync.Orchestration.Stages;

/// <summary>The commits of one batch of a client: which changes go into the next one, and what they come to.</summary>
internal sealed class BatchCommits(
    BatchRun run, IChangeLog log, ClusterClock clock, BatchResolver resolver, CommitFactory factory, TimeProvider time, SyncLimits limits) : ICommitWork<CommitStageAnswer>
{
    public CommitStageAnswer Waits(string reason) => new() { WaitReason = reason };

    public async Task<CommitStep<CommitStageAnswer>> NextAsync(LogWindow window, CancellationToken cancellationToken)
    {
        if (await RefuseAsync(window, cancellationToken) is { } refused)
        {
            return End(refused);
        }

        var remaining = run.Remaining;
        if (remaining.Count == 0)
        {
            return End(new CommitStageAnswer { Settled = run.Written, HeadSeq = run.Written.Count > 0 ? run.Written[^1].HeadSeq : window.HeadSeq });
        }

        var basis = factory.Basis(
            window, run.Rows, remaining.Where(change => change.Refusal is null).Select(change => new RecordId(change.Store, change.Key)), clock.NowMs);
        basis = basis with { Foreign = [.. basis.Foreign.Where(pair => !run.Unadoptable.Contains(pair.Key)).Take(run.AdoptLimit)] };
        return basis switch
        {
            { FetchAgain: true } => End(new CommitStageAnswer { FetchAgain = true }),
            { Refresh: true } => new() { Refresh = true },
            { WaitReason: not null } => End(new CommitStageAnswer { WaitReason = basis.WaitReason }),
            { Foreign.Count: > 0 } => new() { Commit = factory.Adopt(window, basis, run.TraceParent) },
            _ => new() { Commit = Build(window, basis, remaining) },
        };
    }

    public async Task NoteAsync(Commit commit, CommitAnswer answer, CancellationToken cancellationToken)
    {
        var changes = commit.Outcomes?.Outcomes.Count ?? 0;
        switch (answer.Verdict)
        {
            case CommitVerdict.Committed when commit.Outcomes is not null:
                run.Client = answer.Client;
                run.CheckedUpTo = commit.Outcomes.LastSeq;
                run.Note(commit.Outcomes);
                run.Written.Add(commit.Outcomes with { HeadSeq = answer.Segments.Count > 0 ? answer.Segments[^1].Last : answer.Head!.Seq });
                break;
            case CommitVerdict.TooLarge when changes == 1:
                // Alone, and still too large: the record with its clocks fits no row. Refused, or it would block everything behind it.
                run.TooLarge.Add(commit.Outcomes!.FirstSeq);
                break;
            case CommitVerdict.TooLarge when commit.Outcomes is not null:
                run.ChunkLimit = run.Batch.Atomic ? 0 : changes / 2;
                break;
            case CommitVerdict.TooLarge when commit.Entries.Count == 1:
                run.Unadoptable.Add(new RecordId(commit.Entries[0].Store, commit.Entries[0].Key));
                break;
            case CommitVerdict.TooLarge:
                run.AdoptLimit = commit.Entries.Count / 2;
                break;
            case CommitVerdict.Moved or CommitVerdict.AlreadyDone:
                run.Client = await log.ReadClientAsync(run.Dataset, run.Batch.ClientId, cancellationToken);
                break;
        }
    }

    private static CommitStep<CommitStageAnswer> End(CommitStageAnswer answer) => new() { End = answer };

    private async Task<CommitStageAnswer?> RefuseAsync(LogWindow window, CancellationToken cancellationToken)
    {
        if (run.Batch.Epoch is { } epoch && window.Head is { } head && head.Epoch != epoch)
        {
            // Whether a client without a row was ever taken in by the log that this one follows, nobody can tell: it must not send the same again as if it never had.
            return run.Client is null ? new CommitStageAnswer { Problem = Problems.ClientUnknown, ExpectedSeq = 1 } : new CommitStageAnswer { Problem = Problems.EpochChanged };
        }

        var admission = Admission.Check(run.Client, run.Batch, run.Sub);
        if (admission.Problem is not null)
        {
            return new CommitStageAnswer { Problem = admission.Problem, ExpectedSeq = admission.ExpectedSeq };
        }

        if (run.Client is null && (await log.ReadOutcomesAsync(run.Dataset, run.Batch.ClientId, 1, run.Batch.LastSeq, cancellationToken)).Count > 0)
        {
            // Its row is gone and outcomes of it are not: storage lost something. Taken as new, its changes would be carried out twice.
            return new CommitStageAnswer { Problem = Problems.ClientUnknown, ExpectedSeq = 1 };
        }

        var seenUpTo = Math.Min(run.Batch.LastSeq, admission.ExpectedSeq - 1);
        if (seenUpTo <= run.CheckedUpTo)
        {
            return null;
        }

        // Whenever others got further under this client's id: a copy of the client may commit between two tries.
        var seen = await log.ReadOutcomesAsync(run.Dataset, run.Batch.ClientId, run.CheckedUpTo + 1, seenUpTo, cancellationToken);
        run.CheckedUpTo = seenUpTo;
        seen.Where(row => row.BatchId == run.Batch.BatchId).ToList().ForEach(run.Note);
        return Admission.CheckRepeat(run.Batch, seen) is { } problem ? new CommitStageAnswer { Problem = problem } : null;
    }

    private Commit Build(LogWindow window, CommitBasis basis, List<Change> remaining)
    {
        var batch = run.Batch;
        var fits = Math.Min(run.ChunkLimit, ChunkPlanner.Count(remaining, basis.States, limits.ValueBytes));
        var chunk = batch.Atomic ? remaining : remaining[..fits];
        var preset = batch.Atomic && fits < remaining.Count
            ? Presets.AtomicTooLarge(remaining)
            : Presets.Of(remaining, run.TooLarge, run.Unadoptable, run.Refused, basis.States, basis.FutureFrom);
        var resolved = resolver.Resolve(chunk, basis.States, preset, factory.Settings(basis, batch.ClientId, batch.FirstSeq, batch.Atomic));
        var entries = EntryBuilder.Build(resolved.Effects, window.HeadSeq);
        return factory.Create(window, basis, entries, run.TraceParent) with
        {
            Client = new ClientRow
            {
                ClientId = batch.ClientId,
                Sub = run.Sub,
                LastClientSeq = chunk[^1].Seq,
                LastSeen = time.GetUtcNow(),
                ETag = run.Client?.ETag,
            },
            Outcomes = new OutcomesRow
            {
                ClientId = batch.ClientId,
                BatchId = batch.BatchId,
                BodyHash = batch.BodyHash,
                HeadSeq = window.HeadSeq + entries.Count,
                Outcomes = OutcomeBuilder.Build(run.Dataset, batch, resolved, entries, basis.States),
            },
            Sub = run.Sub,
            Atomic = batch.Atomic,
        };
    }
}
