using MyriadSync.Contracts;
using MyriadSync.Contracts.Resolvers;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Resolve.Merge;
using MyriadSync.Pipeline.Resolve.Rules;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>
/// What a store makes of a change. An edit in knowledge of the record goes in; what adds up goes in whatever it knew; the resolver is asked about the rest.
/// </summary>
internal sealed class StorePolicy(IConflictResolver resolver, IReadOnlyDictionary<string, FieldKind> kinds) : IConflictPolicy
{
    /// <summary>Reason of a change that a concurrent edit won against.</summary>
    public const string ConcurrentEditReason = "concurrent-edit";

    /// <summary>Reason of a change to a record that somebody else deleted.</summary>
    public const string Deleted = "deleted";

    /// <summary>Reason of a change of which some fields lost against concurrent edits.</summary>
    public const string PartlySuperseded = "partly-superseded";

    /// <summary>Reason of a change in conflict whose counters and sets have taken effect: they must not be sent again with what is made anew.</summary>
    public const string PartlyApplied = "partly-applied";

    /// <summary>Others' edits kept the change from going in as it was.</summary>
    public static bool IsContested(Outcome outcome, string? reason) => outcome is Outcome.Superseded or Outcome.Conflict || reason is PartlySuperseded or ConcurrentEditReason;

    private readonly ChangeMerge _merge = new(KindMap.Of(kinds));

    /// <summary>Stores without a file.</summary>
    public static StorePolicy LastWriteWins { get; } = new(new LastWriteWins(), new Dictionary<string, FieldKind>());

    public Resolution Resolve(RecordState current, Change change, ChangeContext context)
    {
        var known = Knowledge.Of(change, context);
        var state = current.Clocks.Default.At.Length == 0 && current.Known
            ? current with { Clocks = current.Clocks with { Default = new FieldClock(0, current.At, current.Rev) } }
            : current with { Clocks = current.Clocks.Renumbered(0, current.Rev) };
        return state.Value is null ? OnDeleted(current, state, change, context, known) : OnLive(current, state, change, context, known);
    }

    private Resolution OnLive(RecordState unchanged, RecordState current, Change change, ChangeContext context, Knowledge known)
    {
        if (change.Op == ChangeOp.Patch && _merge.Kinds.Covers(change.Patch!))
        {
            return Accept(unchanged, change, _merge.Run(current, change, context, known, MergeMode.All), context);
        }

        var unseen = PutMerge.NewestUnseen(current.Clocks, known, _merge.Kinds);
        var concurrent = known.Misses(current.Clocks.Default) || unseen.Length > 0 || context.PredecessorInConflict;
        if (change.Op == ChangeOp.Delete)
        {
            return concurrent
                ? Settle(ConflictKind.DeletionOfChanged, unchanged, current, change, context, known, unseen, null)
                : Accept(unchanged, change, _merge.Deletion(current, context, known), context);
        }

        if (concurrent && resolver is FieldMerge)
        {
            return Accept(unchanged, change, _merge.ByClock(current, change, context, known), context);
        }

        var all = _merge.Run(current, change, context, known, MergeMode.All);
        if (!concurrent || (all.Refusal is null && Equals(all.Value, current.Value) && !all.Refreshed))
        {
            return Accept(unchanged, change, all, context);
        }

        return Settle(ConflictKind.EditOfChanged, unchanged, current, change, context, known, unseen, all);
    }

    private Resolution OnDeleted(RecordState unchanged, RecordState current, Change change, ChangeContext context, Knowledge known)
    {
        if (change.Op == ChangeOp.Delete)
        {
            return new Resolution { Outcome = Outcome.Applied, Next = unchanged };
        }

        var all = _merge.Run(current, change, context, known, MergeMode.All);

        // A base whose record and tombstone are both gone: the deletion is older than retention. Never a create.
        var purged = !current.Known && current.Clocks.Default.Rev == 0 && change.Base is not null && !context.Settings.Force;
        if (!purged && !known.Misses(current.Clocks.Default) && !context.PredecessorInConflict)
        {
            return Accept(unchanged, change, all, context);
        }

        var kind = change.Base is null ? ConflictKind.CreationOverDeleted : ConflictKind.EditOfDeleted;
        return Settle(kind, unchanged, current, change, context, known, current.Clocks.Default.At, all);
    }

    private Resolution Settle(
        ConflictKind kind, RecordState unchanged, RecordState current, Change change, ChangeContext context, Knowledge known, string unseen, MergeResult? all)
    {
        var rest = _merge.Rest(current, change, context, known);
        var inEffect = rest.Refusal is null ? Next(unchanged, rest, context) : unchanged;
        var decision = resolver.Resolve(new ConcurrentEdit
        {
            Kind = kind,
            Change = change,
            ClientId = context.Settings.ClientId,
            At = context.At,
            Current = inEffect,
            NewestUnseen = unseen,
            Proposed = all?.Value,
            Kinds = kinds,
        });
        var verdict = decision.Verdict;
        if (kind == ConflictKind.EditOfDeleted && verdict is Verdict.Take or Verdict.Merge && (change.Op == ChangeOp.Patch || !current.Known))
        {
            verdict = Verdict.Keep;
        }

        return verdict switch
        {
            Verdict.Take or Verdict.Merge when kind == ConflictKind.DeletionOfChanged => Accept(unchanged, change, _merge.Deletion(current, context, known), context),
            Verdict.Merge when kind == ConflictKind.EditOfChanged => Accept(unchanged, change, _merge.ByClock(current, change, context, known), context),
            Verdict.Take or Verdict.Merge => Accept(unchanged, change, all!, context),
            Verdict.Replace => Replace(unchanged, inEffect, change, context, known, decision.Value),
            Verdict.Keep => Accept(unchanged, change, rest, context, kind),
            Verdict.Park => Park(unchanged, rest, change, context, known, kind, all),
            _ => Leave(unchanged, rest, change, context, kind),
        };
    }

    // The change goes in, as far as it does.
    private static Resolution Accept(RecordState unchanged, Change change, MergeResult merged, ChangeContext context, ConflictKind kind = ConflictKind.EditOfChanged)
    {
        if (merged.Refusal is { } refusal)
        {
            return new Resolution
            {
                Outcome = Outcome.Rejected,
                Next = unchanged,
                Pointer = PatchPointers.Locate(change, refusal.Pointer),
                Reason = refusal.Reason,
                Detail = refusal.Detail,
            };
        }

        var holds = change.Op switch
        {
            ChangeOp.Put => Equals(merged.Value, change.Value),
            ChangeOp.Delete => merged.Value is null,
            _ => context.ClientHolds && !merged.Lost,
        };
        var outcome = holds ? Outcome.Applied : merged.Took ? Outcome.Merged : Outcome.Superseded;
        var (reason, detail) = (outcome, merged.Lost, kind) switch
        {
            (Outcome.Applied, _, _) or (_, false, _) => (null, null),
            (Outcome.Merged, _, _) => (PartlySuperseded, "Part of the change lost against concurrent edits; the rest has taken effect."),
            (_, _, ConflictKind.EditOfDeleted or ConflictKind.CreationOverDeleted) => (Deleted, "The record was deleted."),
            _ => (ConcurrentEditReason, "A concurrent edit stays."),
        };
        return new Resolution { Outcome = outcome, Next = Next(unchanged, merged, context), Reason = reason, Detail = detail, Refreshed = merged.Refreshed };
    }

    private static Resolution Leave(RecordState unchanged, MergeResult rest, Change change, ChangeContext context, ConflictKind kind) => rest.Refusal is not null
        ? Accept(unchanged, change, rest, context)
        : new Resolution
        {
            Outcome = Outcome.Conflict,
            Next = Next(unchanged, rest, context),
            Reason = rest.Took ? PartlyApplied : context.PredecessorInConflict ? BatchResolver.PredecessorRefused
                : kind is ConflictKind.EditOfDeleted or ConflictKind.CreationOverDeleted ? Deleted : ConcurrentEditReason,
            Detail = rest.Took
                ? "What the change adds to counters and sets has taken effect; the rest is in conflict with an edit that it does not know."
                : "The change is in conflict with an edit that it does not know.",
            Refreshed = rest.Refreshed,
        };

    private Resolution Park(
        RecordState unchanged, MergeResult rest, Change change, ChangeContext context, Knowledge known, ConflictKind kind, MergeResult? all)
    {
        var without = Leave(unchanged, rest, change, context, kind);
        if (without.Outcome != Outcome.Conflict)
        {
            return without;
        }

        var left = change.Op == ChangeOp.Patch && rest.Took ? change with { Patch = _merge.Kinds.Without(change.Patch!) } : change;
        return without with { Parked = left, Ours = Ours(unchanged, without.Next, rest.Took ? null : all, left, change, context, known) };
    }

    // The record as the change would leave it, if it were forced, and what was parked before it as well; null: it could not be carried out.
    private RecordState? Ours(RecordState unchanged, RecordState next, MergeResult? all, Change left, Change change, ChangeContext context, Knowledge known)
    {
        if (change.Op == ChangeOp.Patch && context.Ours is null && all is not null && known == Knowledge.OfSums(change, context))
        {
            // Force changes nothing for a patch but what it knows of counters and sets, and that it knew already: it has been merged.
            return all.Refusal is null ? Next(unchanged, all, context) : null;
        }

        var forced = context with { Settings = context.Settings with { Force = true }, PredecessorInConflict = false, Ours = null };
        var ours = Resolve(context.Ours ?? next, context.Ours is null ? left : change, forced);
        return ours.Outcome == Outcome.Rejected ? null : ours.Next;
    }

    private Resolution Replace(RecordState unchanged, RecordState current, Change change, ChangeContext context, Knowledge known, RecordValue? value)
    {
        if (value?.Size > context.Settings.Limits.MaxBytes)
        {
            throw new InvalidOperationException("A resolver's value is larger than a record may be.");
        }

        if (Equals(value, current.Value))
        {
            return Accept(unchanged, change, new MergeResult { Value = value, Clocks = current.Clocks, Took = !ReferenceEquals(current, unchanged), Lost = true }, context);
        }

        var replaced = _merge.Replacement(current, value, context, known);
        var accepted = Accept(unchanged, change, replaced, context with { ClientHolds = false });
        return accepted with { Reason = accepted.Outcome == Outcome.Applied ? null : ConcurrentEditReason };
    }

    // A state that came out as it went in is the very one that went in: it claims nothing.
    private static RecordState Next(RecordState before, MergeResult merged, ChangeContext context) =>
        Equals(merged.Value, before.Value) && !merged.Refreshed
            ? before
            : before with
            {
                Value = merged.Value,
                At = string.CompareOrdinal(merged.At ?? "", before.At) > 0 ? merged.At! : before.At,
                By = context.Settings.ClientId,
                Clocks = merged.Clocks,
            };
}
