using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>
/// Of concurrent edits to a record, the one with the later hybrid time stays. An edit made in knowledge of the state that it meets is never
/// compared: cause beats clock, and its time is lifted above that state's where its clock was slow.
/// </summary>
internal sealed class LastWriteWins : IConflictPolicy
{
    public Resolution Resolve(RecordState current, Change change, ChangeContext context)
    {
        // A base whose record and tombstone are both gone: the edit meets a deletion that is older than retention. Never a create.
        if (!current.Known && current.Value is null && change.Base is not null && !context.Force)
        {
            return change.Op == ChangeOp.Delete ? NoEffect(Outcome.Applied, current) : Lost(current, "deleted", "The record was deleted.");
        }

        if (context.Concurrent && string.CompareOrdinal(context.At.ToString(), current.At) <= 0)
        {
            return Lost(current, "concurrent-edit", "A concurrent edit is later.");
        }

        return change.Op switch
        {
            ChangeOp.Put => Take(current, change.Value, context, Outcome.Applied),
            ChangeOp.Delete => Take(current, null, context, Outcome.Applied),
            _ => Patch(current, change, context),
        };
    }

    private static Resolution Patch(RecordState current, Change change, ChangeContext context)
    {
        if (current.Value is null && change.Base is not null && !context.Force)
        {
            return Lost(current, "deleted", "The record was deleted; a patch cannot bring it back.");
        }

        return ValuePatch.TryApply(current.Value ?? RecordValue.Empty, change.Patch!, context.Limits, out var patched, out var refusal)
            ? Take(current, patched, context, context.ClientHolds ? Outcome.Applied : Outcome.Merged, isPatch: true)
            : new Resolution
            {
                Outcome = Outcome.Rejected,
                Next = current,
                Pointer = PatchPointers.Locate(change.Patch!, refusal.Pointer),
                Reason = refusal.Reason,
                Detail = refusal.Detail,
            };
    }

    private static Resolution Take(RecordState current, RecordValue? value, ChangeContext context, Outcome outcome, bool isPatch = false)
    {
        if (Equals(value, current.Value))
        {
            return NoEffect(outcome, current);
        }

        var at = Lifted(context.At, current.At, context.ClientId).ToString();
        var clock = new FieldClock(context.CommitTs, at);
        var clocks = isPatch && current.Value is not null
            ? current.Clocks.With(ColumnDiff.Touched(current.Value, value), clock)
            : new FieldClocks { Default = clock };
        return new Resolution { Outcome = outcome, Next = current with { Value = value, At = at, By = context.ClientId, Clocks = clocks } };
    }

    private static HybridTime Lifted(HybridTime at, string above, string clientId) =>
        string.CompareOrdinal(at.ToString(), above) > 0 || !HybridTime.TryParse(above, out var floor) ? at : HybridTime.After(floor, clientId);

    private static Resolution NoEffect(Outcome outcome, RecordState current) => new() { Outcome = outcome, Next = current };

    private static Resolution Lost(RecordState current, string reason, string detail) =>
        new() { Outcome = Outcome.Superseded, Next = current, Reason = reason, Detail = detail };
}
