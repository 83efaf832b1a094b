using Microsoft.Extensions.Options;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;
using MyriadSync.Myriad;
using MyriadSync.Pipeline.Resolve;

namespace MyriadSync.Orchestration.Stages;

/// <summary>
/// Resolves a batch and commits it, in as many commits as it needs. Whenever the log moved under it, it reads what is new and resolves again: the
/// transaction is what decides. Running it twice is safe: what the first run committed, the second finds below the client's last seq.
/// </summary>
internal sealed class CommitStage(
    IChangeLog log, LogWindows windows, ClusterClock clock, BatchResolver resolver, CommitSignals signals, IIdSource ids, TimeProvider time, IOptions<SyncLimits> limits)
{
    /// <summary>Tries before giving others a turn: each failed one means that somebody else got through.</summary>
    private const int MaxTries = 25;

    /// <summary>Cells further (ms) in the cluster's future than this park the changes to their record; nearer ones make the batch wait.</summary>
    private const long MaxFutureMs = 60_000;

    public async Task<CommitStageAnswer> CommitAsync(string dataset, string sub, Batch batch, FetchedRows rows, string traceParent, CancellationToken cancellationToken)
    {
        var window = windows.Get(dataset);
        await window.CommitGate.WaitAsync(cancellationToken);
        try
        {
            return !await window.LoadAsync(cancellationToken)
                ? new CommitStageAnswer { WaitReason = WaitReasons.ClusterBehind }
                : await CommitAllAsync(new Run(window, dataset, sub, batch, rows, traceParent), cancellationToken);
        }
        finally
        {
            window.CommitGate.Release();
        }
    }

    private async Task<CommitStageAnswer> CommitAllAsync(Run run, CancellationToken cancellationToken)
    {
        var written = new List<OutcomesRow>();
        var chunkLimit = int.MaxValue;
        var client = await log.ReadClientAsync(run.Dataset, run.Batch.ClientId, cancellationToken);
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (await RefuseAsync(run, client, cancellationToken) is { } refused)
            {
                return refused;
            }

            var remaining = run.Batch.Changes.Skip((int)((client?.LastClientSeq ?? 0) + 1 - run.Batch.FirstSeq)).ToList();
            if (remaining.Count == 0)
            {
                return new CommitStageAnswer { Settled = written, HeadSeq = written.Count > 0 ? written[^1].HeadSeq : run.Window.HeadSeq };
            }

            var prepared = Prepare(run, remaining, chunkLimit);
            if (prepared.Answer is not null)
            {
                return prepared.Answer;
            }

            if (prepared.Refresh)
            {
                await run.Window.RefreshAsync(cancellationToken);
                continue;
            }

            var commit = prepared.Adoption ?? Build(run, client, prepared);
            var answer = await log.CommitAsync(run.Dataset, commit, cancellationToken);
            if (answer.Verdict == CommitVerdict.Committed)
            {
                if (!run.Window.TryAppend(answer))
                {
                    await run.Window.RefreshAsync(cancellationToken);
                }

                signals.Notify(run.Dataset, answer.Head!);
                client = commit.Client is null ? client : answer.Client;
                if (commit.Outcomes is not null)
                {
                    run.CheckedUpTo = commit.Outcomes.LastSeq;
                    run.Note(commit.Outcomes);
                    written.Add(commit.Outcomes with { HeadSeq = answer.Segments.Count > 0 ? answer.Segments[^1].Last : answer.Head!.Seq });
                }

                tries = -1;
            }
            else if (answer.Verdict == CommitVerdict.TooLarge && prepared.Chunk.Count == 1)
            {
                // Alone, and still too large: the record with its clocks fits no row. Refused, or it would block everything behind it.
                run.TooLarge.Add(prepared.Chunk[0].Seq);
            }
            else if (answer.Verdict == CommitVerdict.TooLarge)
            {
                chunkLimit = run.Batch.Atomic ? 0 : prepared.Chunk.Count / 2;
            }
            else
            {
                await run.Window.RefreshAsync(cancellationToken);
                client = await log.ReadClientAsync(run.Dataset, run.Batch.ClientId, cancellationToken);
            }
        }

        return new CommitStageAnswer { WaitReason = WaitReasons.Contention };
    }

    private async Task<CommitStageAnswer?> RefuseAsync(Run run, ClientRow? client, CancellationToken cancellationToken)
    {
        if (run.Batch.Epoch is { } epoch && run.Window.Head is { } head && head.Epoch != epoch)
        {
            return new CommitStageAnswer { Problem = Problems.EpochChanged };
        }

        var admission = Admission.Check(client, run.Batch, run.Sub);
        if (admission.Problem is not null)
        {
            return new CommitStageAnswer { Problem = admission.Problem, ExpectedSeq = admission.ExpectedSeq };
        }

        if (client is null && (await log.ReadOutcomesAsync(run.Dataset, run.Batch.ClientId, 1, run.Batch.LastSeq, cancellationToken)).Count > 0)
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

    private Prepared Prepare(Run run, List<Change> remaining, int chunkLimit)
    {
        if (run.Rows.Epoch is not null && run.Rows.Epoch != run.Window.Head?.Epoch)
        {
            return new Prepared { Answer = new CommitStageAnswer { FetchAgain = true } };
        }

        var states = new Dictionary<RecordId, RecordState>();
        foreach (var change in remaining.Where(change => change.Refusal is null))
        {
            var record = new RecordId(change.Store, change.Key);
            if (RecordStates.Of(run.Window, record, run.Rows.States.GetValueOrDefault(record), run.Rows.AppliedSeq) is not { } state)
            {
                return new Prepared { Answer = new CommitStageAnswer { FetchAgain = true } };
            }

            states[record] = state;
        }

        if (states.Values.Any(state => state.Rev > run.Window.HeadSeq))
        {
            // The cluster shows a commit that the window does not: it is old.
            return new Prepared { Refresh = true };
        }

        var now = clock.NowMs;
        if (states.Values.Any(state => state.NewestCell > now && state.NewestCell <= now + MaxFutureMs))
        {
            return new Prepared { Answer = new CommitStageAnswer { WaitReason = WaitReasons.CellInFuture } };
        }

        var commitTs = Math.Max(
            Math.Max((run.Window.Head?.LastTs ?? 0) + 1, now),
            states.Values.Where(state => state.NewestCell <= now).Select(state => state.NewestCell + 1).DefaultIfEmpty().Max());
        var foreign = states.Where(pair => pair.Value is { Foreign: true } state && state.NewestCell <= now).ToList();
        if (foreign.Count > 0)
        {
            return new Prepared { Adoption = Adopt(run, foreign, commitTs) };
        }

        var fits = Math.Min(chunkLimit, ChunkPlanner.Count(remaining, states, limits.Value.ValueBytes));
        return new Prepared
        {
            Chunk = run.Batch.Atomic ? remaining : remaining[..fits],
            States = states,
            CommitTs = commitTs,
            Preset = run.Batch.Atomic && fits < remaining.Count
                ? Presets.AtomicTooLarge(remaining)
                : Presets.Of(remaining, run.TooLarge, run.Refused, states, futureFrom: now + MaxFutureMs),
        };
    }

    private Commit Adopt(Run run, List<KeyValuePair<RecordId, RecordState>> foreign, long commitTs) => new()
    {
        Head = run.Window.Head,
        NewEpoch = ids.NewId(),
        CommitId = ids.NewId(),
        CommitTs = commitTs,
        Entries = [.. foreign.Select((pair, i) => ForeignAdoption.Build(pair.Key, pair.Value, run.Window.HeadSeq + i + 1, commitTs))],
        TraceParent = run.TraceParent,
    };

    private Commit Build(Run run, ClientRow? client, Prepared prepared)
    {
        var batch = run.Batch;
        var resolved = resolver.Resolve(prepared.Chunk, prepared.States, prepared.Preset, new ResolveSettings
        {
            ClientId = batch.ClientId,
            ServerMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
            ClockAheadMs = limits.Value.ClockAheadMs,
            CommitTs = prepared.CommitTs,
            Limits = new ValueLimits { MaxDepth = limits.Value.ValueDepth, MaxBytes = limits.Value.ValueBytes },
            FirstSeq = batch.FirstSeq,
            Atomic = batch.Atomic,
        });
        var entries = EntryBuilder.Build(resolved.Effects, run.Window.HeadSeq);
        return new Commit
        {
            Head = run.Window.Head,
            NewEpoch = ids.NewId(),
            CommitId = ids.NewId(),
            CommitTs = prepared.CommitTs,
            Entries = entries,
            Client = new ClientRow
            {
                ClientId = batch.ClientId,
                Sub = run.Sub,
                LastClientSeq = prepared.Chunk[^1].Seq,
                LastSeen = time.GetUtcNow(),
                ETag = client?.ETag,
            },
            Outcomes = new OutcomesRow
            {
                ClientId = batch.ClientId,
                BatchId = batch.BatchId,
                BodyHash = batch.BodyHash,
                HeadSeq = run.Window.HeadSeq + entries.Count,
                Outcomes = OutcomeBuilder.Build(run.Dataset, batch.ClientId, resolved, entries, prepared.States),
            },
            Sub = run.Sub,
            SchemaVersion = batch.SchemaVersion,
            Atomic = batch.Atomic,
            TraceParent = run.TraceParent,
        };
    }

    private sealed class Run(LogWindow window, string dataset, string sub, Batch batch, FetchedRows rows, string traceParent)
    {
        public LogWindow Window => window;

        public string Dataset => dataset;

        public string Sub => sub;

        public Batch Batch => batch;

        public FetchedRows Rows => rows;

        public string TraceParent => traceParent;

        /// <summary>Seqs of changes whose record fits no row.</summary>
        public HashSet<long> TooLarge { get; } = [];

        /// <summary>Outcomes of this batch's earlier commits that went against a record: later changes to it were made on top of them.</summary>
        public Dictionary<RecordId, StoredOutcome> Refused { get; } = [];

        public void Note(OutcomesRow row)
        {
            foreach (var outcome in row.Outcomes.Where(outcome => outcome.Outcome is Outcome.Rejected or Outcome.Conflict or Outcome.Poisoned && outcome.Record is not null))
            {
                Refused.TryAdd(outcome.Record!.Value, outcome);
            }
        }

        /// <summary>Outcomes up to this client seq are this batch's own, or were compared with it.</summary>
        public long CheckedUpTo { get; set; } = batch.FirstSeq - 1;
    }

    private sealed record Prepared
    {
        public CommitStageAnswer? Answer { get; init; }

        public bool Refresh { get; init; }

        public Commit? Adoption { get; init; }

        public List<Change> Chunk { get; init; } = [];

        public Dictionary<RecordId, RecordState> States { get; init; } = [];

        public long CommitTs { get; init; }

        public Dictionary<long, ResolvedChange> Preset { get; init; } = [];
    }
}
