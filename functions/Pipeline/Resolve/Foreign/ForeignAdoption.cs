using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Pipeline.Resolve.Merge;

namespace MyriadSync.Pipeline.Resolve.Foreign;

/// <summary>
/// Takes what a job on the cluster wrote into the log, as an edit by <c>myriad</c> made when its cells say, before anybody's change is resolved
/// against it: no job's work is overwritten unseen. Cells that hold what they should are not written again, or the entry would hide what the job writes
/// before it is applied. Pure.
/// </summary>
internal static class ForeignAdoption
{
    /// <summary>The store settles edits by time, and the record has one that is later than the job's, though it was committed before: its client's clock is ahead.</summary>
    public static bool IsContested(RecordState foreign, ConflictPolicy policy)
    {
        if (!foreign.Known || policy is not (ConflictPolicy.LastWriteWins or ConflictPolicy.FieldMerge))
        {
            return false;
        }

        var oldest = foreign.ForeignCells.Count > 0 ? foreign.ForeignCells.Values.Min() : foreign.NewestCell;
        return string.CompareOrdinal(PutMerge.Newest(foreign.Clocks, KindMap.None), At(oldest)) > 0;
    }

    /// <summary>The entry for a foreign state whose record the log still has as it was.</summary>
    public static LogEntry Settle(RecordId record, RecordState foreign, RecordState committed, ConflictPolicy policy, KindMap kinds, long rev, long commitTs)
    {
        var entry = ForeignMerge.Judge(committed, Write(foreign, committed), policy, kinds, commitTs).ToEntry(record, rev);
        if (entry.Value is null || entry.Changed is null || foreign.Value is null)
        {
            return entry;
        }

        // Whatever the row shows otherwise goes, cells that are older than ours as well: nobody took them for a write, and the row would look foreign for ever.
        var shown = ValueColumns.Of(foreign.Value).ToDictionary(column => column.Qualifier, column => column.Json);
        var settled = ValueColumns.Of(entry.Value).ToDictionary(column => column.Qualifier, column => column.Json);
        var differing = settled.Where(field => !shown.TryGetValue(field.Key, out var json) || !json.Span.SequenceEqual(field.Value.Span)).Select(field => field.Key);
        return entry with
        {
            Changed = [.. entry.Changed.Union(foreign.Unlike.Intersect(settled.Keys)).Union(differing)],
            Removed = [.. entry.Removed.Union(Left(foreign, entry)).Union(shown.Keys.Except(settled.Keys))],
        };
    }

    /// <summary>The entry for a foreign state, taken as it is.</summary>
    public static LogEntry Build(RecordId record, RecordState foreign, long rev, long commitTs)
    {
        var columns = foreign.Value is null ? [] : ValueColumns.Of(foreign.Value).Select(column => column.Qualifier).ToList();
        var isTold = !foreign.Rewrite && foreign.ForeignCells.Count > 0 && !foreign.ForeignCells.Keys.Except(columns).Any();
        var newest = isTold ? foreign.ForeignCells.Values.Max() : foreign.NewestCell;
        var whole = new FieldClocks { Default = new FieldClock(commitTs, At(newest), rev) };
        var entry = new LogEntry
        {
            Rev = rev,
            Store = record.Store,
            Key = record.Key,
            Value = foreign.Value,
            SchemaVersion = Math.Max(foreign.SchemaVersion, 1),
            Changed = foreign.Value is null ? null : isTold ? foreign.Unlike : columns,
            At = At(newest),
            By = RecordState.Myriad,
            Clocks = !isTold ? whole : Told(foreign.ForeignCells.Count == columns.Count ? whole : foreign.Clocks, foreign, rev, commitTs),
            Judged = newest,
        };
        return foreign.Value is null ? entry : entry with { Removed = [.. Left(foreign, entry)] };
    }

    // What the job did not touch keeps the clock of its edit: an offline edit of another field is none that the job's is in conflict with.
    private static FieldClocks Told(FieldClocks before, RecordState foreign, long rev, long commitTs)
    {
        var clocks = new ClockEditor(before);
        foreach (var (qualifier, timestamp) in foreign.ForeignCells)
        {
            clocks.Assign(qualifier, new FieldClock(timestamp, At(timestamp), rev));
        }

        foreach (var qualifier in foreign.Unlike)
        {
            clocks.Touch(qualifier, clocks.Of(qualifier) with { Timestamp = commitTs });
        }

        return clocks.Build();
    }

    private static ForeignWrite Write(RecordState foreign, RecordState committed)
    {
        if (foreign.Value is null)
        {
            return new ForeignWrite { DeletedAt = foreign.NewestCell };
        }

        // Nobody sees when a cell was deleted: after it was written, and not before anything else that shows.
        var there = ValueColumns.Of(foreign.Value).ToDictionary(column => column.Qualifier, column => column.Json);
        var gone = committed.Value is null ? [] : ValueColumns.Of(committed.Value).Where(column => !there.ContainsKey(column.Qualifier))
            .Select(column => new ForeignCell(column.Qualifier, null, Math.Max(foreign.NewestCell, committed.Clocks.WrittenAt(column.Qualifier) + 1)));
        return new ForeignWrite { Cells = [.. foreign.ForeignCells.Select(cell => new ForeignCell(cell.Key, there[cell.Key], cell.Value)), .. gone, .. Hidden(foreign)] };
    }

    // Of a field the newest one counts.
    private static IEnumerable<ForeignCell> Hidden(RecordState foreign) => foreign.Hidden.Where(cell => !foreign.ForeignCells.ContainsKey(cell.Qualifier))
        .GroupBy(cell => cell.Qualifier)
        .Select(cells => cells.MaxBy(cell => cell.Timestamp))
        .Select(cell => new ForeignCell(cell.Qualifier, cell.Json, cell.Timestamp));

    // A cell that says nothing would make the row look foreign for ever; so would one of an older schema version.
    private static IEnumerable<string> Left(RecordState foreign, LogEntry entry) =>
        foreign.Unreadable.Select(cell => cell.Qualifier).Union(foreign.Outgrown).Except(ValueColumns.Of(entry.Value!).Select(column => column.Qualifier));

    private static string At(long timestamp) => HybridTime.FromMilliseconds(timestamp, RecordState.Myriad).ToString();
}
