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
        var conflicts = Conflicts(batch, resolved);
        var outcomes = new List<StoredOutcome>(resolved.Changes.Count);
        foreach (var change in resolved.Changes)
        {
            var poisoned = change.Outcome == Outcome.Poisoned;
            var conflict = change.Park && change.Record is { } parked ? conflicts.GetValueOrDefault(parked) : null;
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
                ConflictId = conflict is null ? null : BatchScope.ConflictId(dataset, batch.ClientId, conflict[0].Change.Seq),
                Parked = poisoned ? Park(batch.SchemaVersion, batch.ClientId, change.Change) : conflict?[0] == change ? Park(batch.SchemaVersion, batch.ClientId, conflict) : null,
            });
        }

        return outcomes;
    }

    /// <summary>A conflict as it is parked: its changes, and both sides.</summary>
    /// <param name="schemaVersion">Of the changes.</param>
    /// <param name="clientId">Who made them.</param>
    /// <param name="conflict">In seq order.</param>
    public static ReadOnlyMemory<byte>? Park(int schemaVersion, string clientId, IReadOnlyList<ResolvedChange> conflict) => ParkedCodec.Write(new ParkedItem
    {
        SchemaVersion = schemaVersion,
        ClientId = clientId,
        Changes = [.. conflict.Select(change => change.Parked!)],
        Theirs = conflict[0].Theirs!.InEffect,
        Ours = conflict[^1].Ours?.InEffect,
    });

    private static ReadOnlyMemory<byte>? Park(int schemaVersion, string clientId, Change change) =>
        ParkedCodec.Write(new ParkedItem { SchemaVersion = schemaVersion, ClientId = clientId, Changes = [change] });

    /// <summary>
    /// Parked changes by record: those to one record were made on top of each other, so a person decides about all of them at once. Nothing is parked of
    /// an atomic batch, whose changes go back to the client together.
    /// </summary>
    private static Dictionary<RecordId, List<ResolvedChange>> Conflicts(Batch batch, ResolvedBatch resolved) => batch.Atomic
        ? []
        : resolved.Changes.Where(change => change is { Park: true, Record: not null }).GroupBy(change => change.Record!.Value).ToDictionary(group => group.Key, group => group.ToList());
}
