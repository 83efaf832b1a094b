using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.RxDb;

/// <summary>The states of records that the log in memory still knows, newest first: where an edit's base is looked for.</summary>
internal sealed class RowHistory
{
    private readonly Dictionary<RecordId, List<KnownState>> _states;

    private RowHistory(Dictionary<RecordId, List<KnownState>> states) => _states = states;

    /// <summary>One pass over the window for all records that are asked about.</summary>
    /// <param name="window">The log in memory.</param>
    /// <param name="records">Which.</param>
    /// <param name="versions">Brings what was stored into the asker's version.</param>
    /// <param name="schemaVersion">The asker's.</param>
    public static RowHistory Of(LogWindow window, IReadOnlySet<RecordId> records, ISchemaVersions versions, int schemaVersion)
    {
        var states = new Dictionary<RecordId, List<KnownState>>();
        if (records.Count > 0)
        {
            foreach (var segment in window.SegmentsAbove(window.Floor).Reverse())
            {
                foreach (var entry in segment.Entries.Reverse())
                {
                    var record = new RecordId(entry.Store, entry.Key);
                    if (records.Contains(record))
                    {
                        (states.TryGetValue(record, out var known) ? known : states[record] = []).Add(new KnownState(
                            entry.Rev, entry.Value is null ? null : versions.Convert(entry.Store, entry.Value, entry.SchemaVersion, schemaVersion), segment.Sub));
                    }
                }
            }
        }

        return new RowHistory(states);
    }

    /// <summary>Every known state of a record, newest first.</summary>
    public IReadOnlyList<KnownState> Of(RecordId record) => _states.TryGetValue(record, out var known) ? known : [];

    /// <summary>What a record held before it was deleted; null: that is no longer known.</summary>
    public RecordValue? LastValue(RecordId record) => Of(record).FirstOrDefault(state => state.Value is not null)?.Value;
}
