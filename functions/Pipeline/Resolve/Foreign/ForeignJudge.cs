using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.Pipeline.Resolve.Foreign;

/// <summary>What jobs wrote on the cluster, settled as the record's store says.</summary>
internal sealed class ForeignJudge(IStoreCatalog stores)
{
    /// <summary>A job's write may lose: the record as the log has it is needed to tell.</summary>
    public bool IsContested(RecordId record, RecordState foreign) => ForeignAdoption.IsContested(foreign, PolicyOf(record.Store));

    /// <summary>The entry that takes the job's writes into the log, or puts back what they lost against.</summary>
    /// <param name="record">The record.</param>
    /// <param name="foreign">Its row, with <see cref="RecordState.Committed"/> if it <see cref="IsContested"/> and the log still has it: a job's write never loses against what nobody knows.</param>
    /// <param name="rev">Revision of the entry.</param>
    /// <param name="commitTs">HBase timestamp (ms) of the commit to come.</param>
    public LogEntry Judge(RecordId record, RecordState foreign, long rev, long commitTs) =>
        foreign is { Committed: { } committed, Rewrite: false }
            ? ForeignAdoption.Settle(record, foreign, committed, PolicyOf(record.Store), KindMap.Of(stores.Find(record.Store)?.Kinds ?? new Dictionary<string, FieldKind>()), rev, commitTs)
            : ForeignAdoption.Build(record, foreign, rev, commitTs);

    /// <summary>The state with hidden cells of jobs, to be judged if any of them is the later edit; else as it was: nothing has to be done about them.</summary>
    public RecordState Uncover(RecordId record, RecordState state, IReadOnlyList<HiddenCell> hidden)
    {
        if (state.Value is null || state.Foreign || state.Rewrite || hidden.Count == 0)
        {
            return state;
        }

        var uncovered = state with { Foreign = true, Committed = state, Hidden = hidden };
        return Judge(record, uncovered, state.Rev + 1, state.NewestCell + 1).Value is { } value && value.Equals(state.Value) ? state : uncovered;
    }

    /// <summary>The state of a record that was alive, where its row is gone with all that sync noted in it: somebody deleted it.</summary>
    /// <param name="state">What the row says.</param>
    /// <param name="latest">The newest entry of the record that is remembered. An edit that is settled by time and later than the deletion was found is one of the last minutes.</param>
    public static RecordState Miss(RecordState state, LogEntry? latest) => state is not { Known: false, Value: null, Foreign: false } || latest is { IsTombstone: true }
        ? state
        : state with { Foreign = true, Committed = latest is null ? null : RecordState.Of(latest) };

    private ConflictPolicy PolicyOf(string store) => stores.Find(store)?.Policy ?? ConflictPolicy.LastWriteWins;
}
