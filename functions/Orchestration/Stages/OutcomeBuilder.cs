using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Wire;
using MyriadSync.Pipeline.Resolve;

namespace MyriadSync.Orchestration.Stages;

/// <summary>Makes what is stored of outcomes.</summary>
internal static class OutcomeBuilder
{
    /// <summary>Outcomes of a resolved chunk.</summary>
    public static List<StoredOutcome> Build(
        string dataset, Batch batch, ResolvedBatch resolved, IReadOnlyList<LogEntry> entries, IReadOnlyDictionary<RecordId, RecordState> states)
    {
        var revs = entries.ToDictionary(entry => new RecordId(entry.Store, entry.Key), entry => entry.Rev);
        var outcomes = new List<StoredOutcome>(resolved.Changes.Count);
        foreach (var change in resolved.Changes)
        {
            var poisoned = change.Outcome == Outcome.Poisoned;
            outcomes.Add(new StoredOutcome
            {
                Seq = change.Change.Seq,
                Digest = change.Change.Digest,
                Outcome = change.Outcome,
                Rev = change.Record is { } record ? revs.TryGetValue(record, out var rev) ? rev : states.GetValueOrDefault(record)?.Rev ?? 0 : 0,
                Record = change.Outcome == Outcome.Applied ? null : change.Record,
                Pointer = change.Pointer,
                Reason = change.Reason,
                Detail = change.Detail,
                PoisonId = poisoned ? BatchScope.PoisonId(dataset, batch.ClientId, change.Change.Seq) : null,
                Parked = poisoned ? ParkedCodec.Write(new ParkedItem { SchemaVersion = batch.SchemaVersion, ClientId = batch.ClientId, Changes = [change.Change] }) : null,
            });
        }

        return outcomes;
    }
}
