using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Pipeline.Resolve;

namespace MyriadSync.UnitTests.Pipeline.Resolve.Laws;

/// <summary>A log, and the records that it leads to: the real resolver and the real encoding of entries, over a list in place of a table.</summary>
internal sealed class LawServer(ConflictPolicy policy)
{
    private readonly BatchResolver _resolver = LawStores.Resolver(policy);
    private readonly Dictionary<RecordId, RecordState> _states = [];
    private readonly Dictionary<(string Client, long Seq), ResolvedChange> _outcomes = [];
    private readonly Dictionary<(string Client, long Seq), long> _revs = [];

    public List<LogEntry> Log { get; } = [];

    public IEnumerable<RecordState> States => _states.Values;

    public IEnumerable<ResolvedChange> Outcomes => _outcomes.Values;

    public RecordState Of(RecordId record) => _states.GetValueOrDefault(record, RecordState.Absent);

    /// <summary>The revision that a change left its record at.</summary>
    public long RevOf(string client, long seq) => _revs[(client, seq)];

    /// <summary>Takes a batch in; what it saw before gets the answer of then.</summary>
    public List<(ResolvedChange Resolved, long Rev)> Push(string client, IReadOnlyList<Change> changes)
    {
        var fresh = changes.Where(change => !_outcomes.ContainsKey((client, change.Seq))).ToList();
        if (fresh.Count > 0)
        {
            Commit(client, fresh);
        }

        return [.. changes.Select(change => (_outcomes[(client, change.Seq)], _revs[(client, change.Seq)]))];
    }

    private void Commit(string client, List<Change> changes)
    {
        var head = Log.Count;
        var states = changes.Select(change => change.Record!.Value).Distinct().ToDictionary(record => record, Of);
        var settings = Build.Settings(client) with { ServerMs = 1_000_000, CommitTs = 5000 + head, FirstSeq = changes[0].Seq };
        var resolved = _resolver.Resolve(changes, states, new Dictionary<long, ResolvedChange>(), settings);
        var entries = EntryBuilder.Build(resolved.Effects, head);

        // As stored and read back: what the encoding loses is lost here too. Not every time, because packing is most of a law's work.
        entries = entries.Count == 0 || head % 5 > 0 ? entries : SegmentCodec.Decode(SegmentCodec.Encode(entries, 0, entries.Count, settings.CommitTs, client), head + 1, entries.Count, settings.CommitTs, client);
        foreach (var entry in entries)
        {
            Log.Add(entry);
            _states[new RecordId(entry.Store, entry.Key)] = RecordState.Of(entry);
        }

        foreach (var change in resolved.Changes)
        {
            _outcomes[(client, change.Change.Seq)] = change;
            _revs[(client, change.Change.Seq)] = Of(change.Record!.Value).Rev;
        }
    }
}
