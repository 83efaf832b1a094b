using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.RxDb;

/// <summary>
/// Turns a row into a change: finds the rev that the edit was made on by the state that the client assumed, and what it did to that state. Pure. Which edit
/// wins is for the store's policy to say.
/// </summary>
/// <param name="store">The store of all rows.</param>
/// <param name="primaryPath">Where documents have their key.</param>
/// <param name="sub">Who pushes.</param>
internal sealed class RowPlanner(StoreDefinition store, string primaryPath, string sub)
{
    /// <summary>Any base but none: an edit of something that is not there any more.</summary>
    private const long LostBase = 1;

    /// <summary>What a row comes to.</summary>
    /// <param name="row">The row.</param>
    /// <param name="current">The record as it stands.</param>
    /// <param name="history">Its states that are known, newest first.</param>
    public RowPlan Plan(RxRow row, RecordState current, IReadOnlyList<KnownState> history)
    {
        if (row.New is not { } edited || row.Refusal is not null)
        {
            return new RowPlan(row, RowVerdict.Return);
        }

        var (place, rev) = FindBase(row, current, history);
        if (IsState(row, edited, current.Value))
        {
            return new RowPlan(row, RowVerdict.Done, rev);
        }

        var change = WasTaken(row, place, history) ? null : ToChange(row, edited, rev);
        // RxDB sends all that it holds as new when its replication begins anew, old as it may be: that must not win over what it does not know.
        var oldest = row.Assumed is null && (current.Known || current.Value is not null);
        return new RowPlan(row, change is null ? RowVerdict.Return : RowVerdict.Push, rev, change, oldest);
    }

    /// <summary>Whether the record is what the client holds, or assumes.</summary>
    public bool IsState(RxRow row, RxState state, RecordValue? value)
    {
        if (state.Value is null || value is null)
        {
            return state.Value is null && value is null;
        }

        return state.Value.Equals(state.Value.TryGetField(primaryPath, out var id) ? RxDocument.WithKey(value, primaryPath, id) : value);
    }

    /// <summary>The place of the assumed state in the history (-1: it is current, or not there), and the rev that it stands for.</summary>
    private (int Place, long? Rev) FindBase(RxRow row, RecordState current, IReadOnlyList<KnownState> history)
    {
        if (row.Assumed is not { } assumed)
        {
            return (-1, null);
        }

        if (!current.Known)
        {
            return (-1, assumed.Deleted ? null : LostBase);
        }

        if (IsState(row, assumed, current.Value))
        {
            return (-1, current.Rev);
        }

        for (var i = 0; i < history.Count; i++)
        {
            if (history[i].Rev < current.Rev && IsState(row, assumed, history[i].Value))
            {
                return (i, history[i].Rev);
            }
        }

        // Older than all that is known. What the edit takes away the client has seen, so the latest rev that it can be is the one that does it justice.
        var oldest = history.Count > 0 ? Math.Min(history[^1].Rev, current.Rev) : current.Rev;
        return (-1, Math.Max(oldest - 1, LostBase));
    }

    /// <summary>The user's own edit, from just the assumed state to just this one, is in the log: the row comes again because its answer was lost.</summary>
    private bool WasTaken(RxRow row, int place, IReadOnlyList<KnownState> history) => row.Assumed is null
        ? history.Any(state => IsTaken(row, state))
        : place > 0 && IsTaken(row, history[place - 1]);

    private bool IsTaken(RxRow row, KnownState state) => state.Sub == sub && IsState(row, row.New!, state.Value);

    /// <summary>The change; null: nothing was done to the document that a change could say.</summary>
    private Change? ToChange(RxRow row, RxState edited, long? @base)
    {
        var change = new Change { Seq = 0, Digest = default, Store = store.Name, Key = row.Key, Base = @base };
        if (edited.Deleted)
        {
            return change with { Op = ChangeOp.Delete };
        }

        if (row.Assumed is not { Deleted: false } assumed)
        {
            return change with { Op = ChangeOp.Put, Value = edited.Fields };
        }

        return StateDiff.Between(assumed.Fields, edited.Fields, store.Kinds) is { } patch ? change with { Op = ChangeOp.Patch, Patch = patch } : null;
    }
}
