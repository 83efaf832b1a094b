using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>Makes log entries of what a resolution changed.</summary>
internal static class EntryBuilder
{
    /// <summary>Entries whose revs go on from <paramref name="headSeq"/>.</summary>
    /// <param name="effects">What changed.</param>
    /// <param name="headSeq">Last seq of the log before the commit.</param>
    /// <param name="cause">Why, where it is no plain push.</param>
    public static List<LogEntry> Build(IReadOnlyList<(RecordId Record, RecordState Before, RecordState After)> effects, long headSeq, string? cause = null)
    {
        var entries = new List<LogEntry>(effects.Count);
        foreach (var (record, before, after) in effects)
        {
            var (changed, removed) = ColumnDiff.Between(before.Value, after.Value);
            var rev = headSeq + entries.Count + 1;
            entries.Add(new LogEntry
            {
                Rev = rev,
                Store = record.Store,
                Key = record.Key,
                Value = after.Value,
                Changed = before.Value is null || before.Rewrite || after.Value is null ? null : changed,
                Removed = after.Value is null || before.Outgrown.Count == 0 ? removed : [.. removed.Union(before.Outgrown.Except(ValueColumns.Of(after.Value).Select(column => column.Qualifier)))],
                SchemaVersion = Math.Max(after.SchemaVersion, 1),
                At = after.At,
                By = after.By,
                Cause = cause,
                Clocks = after.Clocks.Renumbered(FieldClock.ThisCommit, rev),
            });
        }

        return entries;
    }
}
