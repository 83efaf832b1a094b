using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Resolve.Merge;

/// <summary>What comes of a record when a change, or a part of it, goes in. Whether it does is the policy's to say.</summary>
/// <param name="kinds">The store's counters and sets.</param>
internal sealed class ChangeMerge(KindMap kinds)
{
    /// <summary>The store's counters and sets.</summary>
    public KindMap Kinds => kinds;

    /// <summary>The record with as much of the change as the mode lets in.</summary>
    public MergeResult Run(RecordState current, Change change, ChangeContext context, Knowledge known, MergeMode mode)
    {
        var scope = Scope(context, known, context.Settings.Force ? Knowledge.OfSums(change, context) : known, mode);
        if (change.Op == ChangeOp.Put)
        {
            return PutMerge.Run(current, change.Value!, scope);
        }

        var merged = PatchMerge.Run(current, change.Patch!, scope);
        if (current.Value is not null || merged.Refusal is not null)
        {
            return merged;
        }

        // A patch that creates is as good as a put, but that what it adds to counters and sets stays when others create the record as well.
        var put = PutMerge.Run(current, merged.Value!, scope);
        var clocks = new ClockEditor(put.Clocks);
        foreach (var path in kinds.Paths)
        {
            clocks.Carry(new ClockEditor(merged.Clocks), path);
        }

        return put with { Clocks = clocks.Build() };
    }

    /// <summary>A change merged field by field, each by its clock.</summary>
    public MergeResult ByClock(RecordState current, Change change, ChangeContext context, Knowledge known)
    {
        var merged = Run(current, change, context, known, MergeMode.ByClock);
        if (merged.Refusal is not null || merged.Refreshed || !Equals(merged.Value, current.Value))
        {
            return merged;
        }

        var all = Run(current, change, context, known, MergeMode.All);
        if (all.Refusal is not null || all.Refreshed || !Equals(all.Value, current.Value))
        {
            return merged;
        }

        // The record is as the edit wants it, by somebody else's. Which of the two is later still matters to a third one that knows neither.
        return change.Op == ChangeOp.Patch ? merged with { Took = true, Lost = false, Refreshed = !ReferenceEquals(merged.Clocks, current.Clocks) } : all;
    }

    /// <summary>What adds up of a change that does not go in.</summary>
    public MergeResult Rest(RecordState current, Change change, ChangeContext context, Knowledge known) =>
        change.Op == ChangeOp.Patch && current.Value is not null
            ? Run(current, change, context, known, MergeMode.AddingUp)
            : new MergeResult { Value = current.Value, Clocks = current.Clocks, Lost = true };

    /// <summary>The record deleted, later than all that it holds.</summary>
    public MergeResult Deletion(RecordState current, ChangeContext context, Knowledge known)
    {
        var at = Scope(context, known, known, MergeMode.All).Lifted(PutMerge.Newest(current.Clocks, kinds)).ToString();
        return new MergeResult { Clocks = new FieldClocks { Default = new FieldClock(context.Settings.CommitTs, at, FieldClock.ThisCommit) }, At = at, Took = true };
    }

    /// <summary>The record as a resolver wants it; null: deleted. The resolver has seen everything, and claims no more than it changed.</summary>
    public MergeResult Replacement(RecordState current, RecordValue? value, ChangeContext context, Knowledge known)
    {
        if (value is null)
        {
            return Deletion(current, context, known);
        }

        var all = known with { Base = long.MaxValue };
        var scope = Scope(context, all, all, MergeMode.All);
        return current.Value is { IsObject: true } before && value.IsObject ? PatchMerge.Run(current, PatchBetween(before, value), scope) : PutMerge.Run(current, value, scope);
    }

    private static PatchBody PatchBetween(RecordValue before, RecordValue after) => new()
    {
        Set = [.. after.Fields.Where(field => !before.TryGetField(field.Name, out var was) || !was.Span.SequenceEqual(field.Json.Span))
            .Select(field => KeyValuePair.Create(JsonPointers.Append("", field.Name), field.Json))],
        Unset = [.. before.Fields.Where(field => !after.TryGetField(field.Name, out _)).Select(field => JsonPointers.Append("", field.Name))],
    };

    private MergeScope Scope(ChangeContext context, Knowledge known, Knowledge sums, MergeMode mode) => new()
    {
        Mode = mode,
        Kinds = kinds,
        Known = known,
        KnownSums = sums,
        ClientId = context.Settings.ClientId,
        At = context.At,
        AtText = context.At.ToString(),
        CommitTs = context.Settings.CommitTs,
        Limits = context.Settings.Limits,
    };
}
