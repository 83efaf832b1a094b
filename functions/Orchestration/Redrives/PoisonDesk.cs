using Microsoft.Extensions.Logging;
using MyriadSync.Contracts;
using MyriadSync.Orchestration.Stages;
using MyriadSync.Poison;

namespace MyriadSync.Orchestration.Redrives;

/// <summary>
/// What operators do to poison entries. The log decides whether an item was processed, the entry only shows it: a crash between the two is mended by
/// whoever asks next.
/// </summary>
internal sealed class PoisonDesk(PoisonTable table, IEnumerable<IRedrive> redrives, ApplyStage apply, IApplyQueue queue, TimeProvider time, ILogger<PoisonDesk> logger)
{
    private readonly Dictionary<string, IRedrive> _redrives = redrives.ToDictionary(redrive => redrive.Kind);

    /// <summary>Processes one item after all. Done once, however often it is asked for; failing again is one attempt more of the same entry.</summary>
    public async Task<PoisonReply> RedriveAsync(string dataset, string poisonId, string sub, string traceParent, CancellationToken cancellationToken)
    {
        var reply = await TryRedriveAsync(dataset, poisonId, sub, traceParent, cancellationToken);
        await BringToClusterAsync(dataset, [reply.Entry], cancellationToken);
        return reply;
    }

    /// <summary>Processes several items, a client's in its order; stops at the first that has to wait.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="ids">Which; null: those of the filter.</param>
    /// <param name="filter">Which, without ids.</param>
    /// <param name="after">With a filter: the last one that an earlier call was done with.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="sub">Who asked.</param>
    /// <param name="traceParent">W3C trace context.</param>
    /// <param name="cancellationToken">Cancels; what is done stays done.</param>
    public async Task<RedriveRun> RedriveManyAsync(
        string dataset, IReadOnlyList<string>? ids, PoisonFilter filter, PoisonPosition? after, int limit, string sub, string traceParent, CancellationToken cancellationToken)
    {
        var positions = (ids is null ? await table.ReadAllAsync(dataset, filter, cancellationToken) : await FindAsync(dataset, ids, cancellationToken))
            .Select(PoisonPosition.Of)
            .Where(position => position.CompareTo(after) > 0)
            .Order()
            .ToList();
        var entries = new List<PoisonEntry>();
        PoisonReply reply = new();
        for (var i = 0; i < Math.Min(limit, positions.Count) && reply.WaitReason is null; i++)
        {
            reply = await TryRedriveAsync(dataset, positions[i].PoisonId, sub, traceParent, cancellationToken);
            entries.AddRange(reply is { Entry: { } entry, WaitReason: null } ? [entry] : []);
            after = reply.WaitReason is null ? positions[i] : after;
        }

        await BringToClusterAsync(dataset, entries, cancellationToken);
        var more = reply.WaitReason is not null || positions.Count > limit;
        return new RedriveRun { Entries = entries, WaitReason = reply.WaitReason, Next = more && ids is null ? after : null };
    }

    /// <summary>Gives an item up. What it was about stays as it is: of a held record, the log keeps the state, and readers see it.</summary>
    public async Task<PoisonReply> DiscardAsync(string dataset, string poisonId, string sub, string reason, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await table.FindAsync(dataset, poisonId, cancellationToken) is not { } entry)
            {
                return new PoisonReply();
            }

            if (entry.State != PoisonState.Open)
            {
                return new PoisonReply { Entry = entry, Problem = entry.State == PoisonState.Discarded ? null : Problems.PoisonSettled };
            }

            var done = await _redrives[entry.Item.Kind].FindDoneAsync(entry, cancellationToken);
            var next = done is null ? entry with { State = PoisonState.Discarded, By = sub, Why = reason, SettledAt = time.GetUtcNow() } : Settle(entry, done, sub);
            if (await table.TryStoreAsync(next, cancellationToken) && done is null)
            {
                Logs.Discarded(logger, dataset, poisonId, entry.Item.Kind, sub);
                return new PoisonReply { Entry = next };
            }
        }
    }

    private async Task<IEnumerable<PoisonEntry>> FindAsync(string dataset, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var entries = new List<PoisonEntry>(ids.Count);
        foreach (var id in ids)
        {
            entries.AddRange(await table.FindAsync(dataset, id, cancellationToken) is { } entry ? [entry] : []);
        }

        return entries;
    }

    private async Task<PoisonReply> TryRedriveAsync(string dataset, string poisonId, string sub, string traceParent, CancellationToken cancellationToken)
    {
        RedriveVerdict? verdict = null;
        while (await table.FindAsync(dataset, poisonId, cancellationToken) is { } entry)
        {
            if (entry.State == PoisonState.Redriven || verdict is { Recorded: true })
            {
                return new PoisonReply { Entry = entry };
            }

            if (entry is { State: PoisonState.Discarded, Item.Kind: not PoisonKinds.Held })
            {
                return new PoisonReply { Entry = entry, Problem = Problems.PoisonSettled };
            }

            var redrive = _redrives[entry.Item.Kind];
            verdict ??= await redrive.FindDoneAsync(entry, cancellationToken) ?? await redrive.RunAsync(entry, sub, traceParent, cancellationToken);
            if (verdict.WaitReason is not null)
            {
                return new PoisonReply { Entry = entry, WaitReason = verdict.WaitReason };
            }

            Logs.Redriven(logger, dataset, poisonId, entry.Item.Kind, sub, verdict.Failure?.Reason ?? "done");
            var next = Settle(entry, verdict, sub);
            if (!verdict.Recorded && await table.TryStoreAsync(next, cancellationToken))
            {
                return new PoisonReply { Entry = next };
            }
        }

        return new PoisonReply();
    }

    private PoisonEntry Settle(PoisonEntry entry, RedriveVerdict verdict, string sub) => verdict.Failure is { } failure
        ? entry.FailedAgain(failure.Reason, failure.Detail, time.GetUtcNow())
        : entry.Redriven(sub, verdict.Why!, time.GetUtcNow()) with
        {
            Outcome = verdict.Outcome is { } outcome ? outcome.ToString().ToLowerInvariant() : "",
            Rev = verdict.Rev,
            ConflictId = verdict.ConflictId ?? "",
        };

    /// <summary>Commits are in; the cluster follows now, or by the queue.</summary>
    private async Task BringToClusterAsync(string dataset, IReadOnlyList<PoisonEntry?> entries, CancellationToken cancellationToken)
    {
        var rev = entries.Select(entry => entry is { State: PoisonState.Redriven } ? entry.Rev : 0).DefaultIfEmpty().Max();
        if (rev > 0 && (await apply.CatchUpAsync(dataset, rev, cancellationToken)).AppliedSeq < rev)
        {
            await queue.SendAsync(new ApplyMessage { Dataset = dataset }, TimeSpan.Zero, cancellationToken);
        }
    }
}
