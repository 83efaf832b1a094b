using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>
/// Takes what a job on the cluster wrote into the log, as an edit by <c>myriad</c> made when its cells say, before anybody's change is resolved
/// against it: no job's work is overwritten unseen.
/// </summary>
internal static class ForeignAdoption
{
    /// <summary>The entry for a foreign state; its rev follows <paramref name="rev"/> - 1.</summary>
    public static LogEntry Build(RecordId record, RecordState foreign, long rev, long commitTs)
    {
        var at = HybridTime.FromMilliseconds(foreign.NewestCell, RecordState.Myriad).ToString();
        var clock = new FieldClock(foreign.NewestCell, at, rev);
        var columns = foreign.Value is null ? [] : ValueColumns.Of(foreign.Value).Select(column => column.Qualifier).ToList();
        return new LogEntry
        {
            Rev = rev,
            Store = record.Store,
            Key = record.Key,
            Value = foreign.Value,
            SchemaVersion = Math.Max(foreign.SchemaVersion, 1),
            Changed = foreign.Value is null ? null : columns,
            // A cell that says nothing would make the row look foreign for ever; so would one of an older schema version.
            Removed = foreign.Value is null ? [] : [.. foreign.Unreadable.Select(cell => cell.Qualifier).Union(foreign.Outgrown).Except(columns)],
            At = at,
            By = RecordState.Myriad,
            Clocks = Clocks(foreign, columns, new FieldClock(commitTs, at, rev), clock),
        };
    }

    // What the job did not touch keeps the clock of its edit: an offline edit of another field is none that the job's is in conflict with.
    private static FieldClocks Clocks(RecordState foreign, List<string> columns, FieldClock whole, FieldClock written)
    {
        if (foreign.Value is null || foreign.NewerFields.Count == 0 || foreign.NewerFields.Except(columns).Any())
        {
            return new FieldClocks { Default = whole }.With(columns, written);
        }

        var own = foreign.Clocks;
        var kept = own with
        {
            Default = own.Default with { Timestamp = whole.Timestamp },
            Columns = new SortedDictionary<string, FieldClock>(
                own.Columns.Where(pair => !foreign.NewerFields.Any(newer => pair.Key == newer || FieldPath.IsBelow(pair.Key, newer)))
                    .ToDictionary(pair => pair.Key, pair => pair.Value with { Timestamp = whole.Timestamp }),
                StringComparer.Ordinal),
            Elements = new SortedDictionary<string, IReadOnlyDictionary<string, ElementTag>>(
                own.Elements.Where(pair => !foreign.NewerFields.Any(newer => pair.Key == newer || FieldPath.IsBelow(pair.Key, newer))).ToDictionary(), StringComparer.Ordinal),
        };
        return kept.With(foreign.NewerFields, written);
    }
}
