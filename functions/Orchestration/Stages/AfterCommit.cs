using MyriadSync.ChangeLog;
using MyriadSync.Conflicts;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Poison;

namespace MyriadSync.Orchestration.Stages;

/// <summary>
/// What follows from a batch's commits: operators hear of what was parked, persons of what they are to decide, and what the client has overtaken itself is
/// no longer asked. It is all fed from the outcomes in the log under ids of their own, so that doing it twice is safe, and a crash loses none of it.
/// </summary>
internal sealed class AfterCommit(IPoisonFeed poison, ConflictFeed feed, ConflictTable conflicts, IStoreCatalog stores)
{
    /// <summary>Does it.</summary>
    /// <param name="input">The batch as it was pushed.</param>
    /// <param name="batch">Its changes; null: they are gone, because all this was done before.</param>
    /// <param name="settled">Its outcomes, as they are stored.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task FollowAsync(SyncBatchInput input, Batch? batch, IReadOnlyList<OutcomesRow> settled, CancellationToken cancellationToken)
    {
        await poison.SendParkedAsync(input.Dataset, settled, input.TraceParent, cancellationToken);
        await feed.SendAsync(input.Dataset, input.Sub, settled, input.TraceParent, cancellationToken);
        var taken = Taken(batch, settled);
        if (taken.Count > 0)
        {
            await conflicts.SupersedeAsync(input.Dataset, input.ClientId, taken, input.Sub, cancellationToken);
        }
    }

    /// <summary>Records of stores that park conflicts, with the last change to each that went in.</summary>
    private Dictionary<RecordId, long> Taken(Batch? batch, IReadOnlyList<OutcomesRow> settled)
    {
        var taken = new Dictionary<RecordId, long>();
        if (batch is null)
        {
            return taken;
        }

        var parking = batch.Changes.Select(change => change.Store).Distinct().Where(Parks).ToHashSet();
        foreach (var outcome in parking.Count == 0 ? [] : settled.SelectMany(row => row.Outcomes).Where(outcome => outcome.Outcome is Outcome.Applied or Outcome.Merged))
        {
            var index = outcome.Seq - batch.FirstSeq;
            if (index >= 0 && index < batch.Changes.Count && batch.Changes[(int)index].Record is { } record && parking.Contains(record.Store))
            {
                taken[record] = outcome.Seq;
            }
        }

        return taken;
    }

    private bool Parks(string store) => stores.Find(store)?.Policy is ConflictPolicy.Manual or ConflictPolicy.Custom;
}
