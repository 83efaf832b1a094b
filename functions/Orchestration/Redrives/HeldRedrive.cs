using MyriadSync.ChangeLog;
using MyriadSync.Orchestration.Stages;
using MyriadSync.Poison;

namespace MyriadSync.Orchestration.Redrives;

/// <summary>
/// Commits the current state of a record that the cluster refuses once more, and offers it to the cluster at once: nothing older than the log may be
/// written there again. Refused again, the record stays held under the same id.
/// </summary>
internal sealed class HeldRedrive(LogWindows windows, OperatorStage stage, ApplyStage apply, PoisonTable table) : IRedrive
{
    public string Kind => PoisonKinds.Held;

    public Task<RedriveVerdict?> FindDoneAsync(PoisonEntry entry, CancellationToken cancellationToken) => Task.FromResult<RedriveVerdict?>(null);

    public async Task<RedriveVerdict> RunAsync(PoisonEntry entry, string sub, string traceParent, CancellationToken cancellationToken)
    {
        var window = windows.Get(entry.Item.Dataset);
        await window.RefreshAloneAsync(cancellationToken);
        if (Find(window, entry) is not { } held)
        {
            return RedriveVerdict.Done(PoisonRules.Released) with { Rev = entry.Item.Seq };
        }

        // The rev in its id: a state that was refused is offered once, however often the request is repeated, and its successor once more.
        var answer = await stage.CommitAsync(
            entry.Item.Dataset,
            new OperatorRequest
            {
                Record = held.Record,
                DoneId = FormattableString.Invariant($"redrive|{held.PoisonId}|{held.Entry.Rev}"),
                Cause = held.PoisonId,
                Sub = sub,
                TraceParent = traceParent,
                Decide = (log, basis) => Decide(log, basis, held),
            },
            cancellationToken);
        if (answer.WaitReason is not null)
        {
            return RedriveVerdict.Wait(answer.WaitReason);
        }

        var applied = await apply.CatchUpAsync(entry.Item.Dataset, answer.HeadSeq, cancellationToken);
        if (applied.WaitReason is not null)
        {
            return RedriveVerdict.Wait(applied.WaitReason);
        }

        return await ConcludeAsync(window, entry, held, sub, cancellationToken);
    }

    private static HeldRow? Find(LogWindow window, PoisonEntry entry) => window.AllHeld.FirstOrDefault(row => row.PoisonId == entry.Item.PoisonId);

    private static OperatorDecision Decide(LogWindow window, CommitBasis basis, HeldRow held)
    {
        var state = basis.States[held.Record];
        return window.Held(held.Record)?.PoisonId == held.PoisonId
            ? new OperatorDecision { Effects = [(held.Record, state with { Rewrite = true }, state)] }
            : OperatorDecision.Refuse("released", PoisonRules.Released);
    }

    /// <summary>Records what the cluster said, by the rules of the feed, which tells the same: whoever comes first counts.</summary>
    private async Task<RedriveVerdict> ConcludeAsync(LogWindow window, PoisonEntry entry, HeldRow held, string sub, CancellationToken cancellationToken)
    {
        // Another instance may have applied it.
        await window.RefreshAloneAsync(cancellationToken);
        var now = Find(window, entry);
        await table.RecordAsync(
            now is null ? PoisonItem.Of(entry.Item.Dataset, held) with { Released = true, By = sub } : PoisonItem.Of(entry.Item.Dataset, now) with { Redriven = true },
            cancellationToken);
        return now is null
            ? RedriveVerdict.Done(PoisonRules.Released) with { Recorded = true }
            : RedriveVerdict.Failed(now.Reason, "The cluster refused the record again.") with { Recorded = true };
    }
}
