using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;

namespace MyriadSync.Orchestration.Stages;

/// <summary>
/// Records that the cluster refuses for good. What it refused may be a put or a delete, so a held record remembers every delete that may not have
/// been carried out: the write that the cluster takes again brings the row to just what the log says. Pure.
/// </summary>
internal static class HeldRecords
{
    /// <summary>The cells that an entry deletes, those that the cluster still owes included.</summary>
    /// <param name="row">Row key.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="commitTs">Its segment's timestamp (ms).</param>
    /// <param name="held">The record as it is held; null: it is not.</param>
    /// <param name="codec">How its store lies on the cluster.</param>
    public static IEnumerable<RowDelete> Deletes(string row, LogEntry entry, long commitTs, HeldRow? held, IRowCodec codec)
    {
        var owing = held is null || entry.IsTombstone ? entry : entry with { Removed = Owing(held.Entry, entry) };
        if (RecordRows.Delete(row, owing, commitTs, codec) is { } delete)
        {
            yield return delete;
        }

        if (held?.Cleared == true && !entry.IsTombstone)
        {
            // A timestamp of its own, below the cells that the entry puts: the whole row is written anew.
            yield return RecordRows.Delete(row, entry with { Value = null }, commitTs - 1, codec)!;
        }
    }

    /// <summary>The row to hold a refused entry by.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="segment">Its segment.</param>
    /// <param name="reason">The cluster's words.</param>
    /// <param name="before">The record as it is held already, or was earlier in this round; null: it is not.</param>
    public static HeldRow Hold(string dataset, LogEntry entry, Segment segment, string reason, HeldRow? before)
    {
        // One refusal is one matter for operators, however many edits follow while it lasts.
        var poisonId = before?.PoisonId ?? BatchScope.HeldId(dataset, new RecordId(entry.Store, entry.Key), entry.Rev);
        return new HeldRow
        {
            Entry = before is null || entry.IsTombstone ? entry : entry with { Removed = Owing(before.Entry, entry) },
            Cleared = entry.IsTombstone || before?.Cleared == true,
            Reason = reason,
            PoisonId = poisonId,
            Redriven = entry.Cause == poisonId,
            TraceParent = segment.TraceParent,
        };
    }

    /// <summary>The held row with who brought about that the cluster took the record; null: the segments do not touch it.</summary>
    public static HeldRow? Release(HeldRow held, IEnumerable<Segment> segments)
    {
        var written = segments.SelectMany(segment => segment.Entries.Where(entry => entry.Store == held.Entry.Store && entry.Key == held.Entry.Key).Select(entry => (segment, entry)))
            .ToList();
        return written.Count == 0
            ? null
            : held with { ReleasedBy = written.Where(pair => pair.entry.Cause == held.PoisonId).Select(pair => pair.segment.Sub).FirstOrDefault() ?? RecordState.Myriad };
    }

    private static IReadOnlyList<string> Owing(LogEntry held, LogEntry entry) =>
        held.Removed.Count == 0
            ? entry.Removed
            : [.. held.Removed.Union(entry.Removed).Except(ValueColumns.Of(entry.Value!).Select(column => column.Qualifier)).Order(StringComparer.Ordinal)];
}
