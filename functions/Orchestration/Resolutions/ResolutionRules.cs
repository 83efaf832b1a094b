using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Orchestration.Stages;
using MyriadSync.Pipeline.Resolve;

namespace MyriadSync.Orchestration.Resolutions;

/// <summary>What a decision makes of the record as it stands. Pure.</summary>
internal sealed class ResolutionRules(BatchResolver resolver)
{
    /// <summary>Reason of a decision that was made on another state of the record.</summary>
    public const string Outdated = "outdated";

    private static readonly Dictionary<long, ResolvedChange> NothingDecided = [];

    /// <summary>The changes that carry a decision out, signed by <see cref="RecordState.Operator"/>; empty: the record stays.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="item">The conflict's sides.</param>
    /// <param name="record">The record.</param>
    /// <param name="nowMs">The server's clock, ms.</param>
    public static IReadOnlyList<Change> Changes(Decision decision, ParkedItem item, RecordId record, long nowMs)
    {
        var at = HybridTime.FromMilliseconds(nowMs, RecordState.Operator);
        return decision.Take switch
        {
            Take.Theirs => [],
            Take.Ours => [.. item.Changes.Select(change => change with { At = at })],
            _ =>
            [
                new Change
                {
                    Seq = 1,
                    Digest = ReadOnlyMemory<byte>.Empty,
                    Store = record.Store,
                    Key = record.Key,
                    Op = decision.Value is null ? ChangeOp.Delete : ChangeOp.Put,
                    Value = decision.Value,
                    Base = decision.Rev > 0 ? decision.Rev : null,
                    At = at,
                },
            ],
        };
    }

    /// <summary>Decides on one state of the log.</summary>
    public OperatorDecision Decide(Decision decision, IReadOnlyList<Change> changes, RecordId record, CommitBasis basis, CommitFactory factory)
    {
        if (basis.States[record].Rev != decision.Rev)
        {
            return OperatorDecision.Refuse(Outdated, "The record changed since it was looked at.");
        }

        if (changes.Count == 0)
        {
            return new OperatorDecision { Done = new DoneRow { Id = "", Outcome = Outcome.Superseded, Note = decision.Note } };
        }

        if (basis.States[record].NewestCell > basis.FutureFrom)
        {
            return OperatorDecision.Refuse(WaitReasons.CellInFuture, "A cell of the record on the cluster has a timestamp more than a minute in the future.");
        }

        var settings = factory.Settings(basis, RecordState.Operator, changes[0].Seq, atomic: true) with { Force = true };
        var resolved = resolver.Resolve(changes, basis.States, NothingDecided, settings);
        return resolved.Changes.FirstOrDefault(change => change.Outcome is not (Outcome.Applied or Outcome.Merged)) is { } refused
            ? new OperatorDecision { Refusal = new Refusal(refused.Reason ?? "refused", refused.Pointer ?? "", refused.Detail ?? "The record's store does not take it.") }
            : new OperatorDecision { Effects = resolved.Effects, Done = new DoneRow { Id = "", Outcome = Outcome.Applied, Note = decision.Note } };
    }
}
