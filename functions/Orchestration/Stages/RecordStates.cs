using MyriadSync.ChangeLog;
using MyriadSync.Contracts;

namespace MyriadSync.Orchestration.Stages;

/// <summary>The current record = row of the cluster + what the log knows better + what the cluster refuses (DESIGN 4, reading order).</summary>
internal static class RecordStates
{
    /// <summary>The state of a record.</summary>
    /// <param name="window">The log, read before the row or after it, never before <paramref name="appliedSeq"/> was.</param>
    /// <param name="record">Which.</param>
    /// <param name="row">Its row; null: it was not read.</param>
    /// <param name="appliedSeq"><c>applied</c> before the row was read: an entry up to here shows in the row.</param>
    /// <returns>Null: the row is needed and was not read, or the window no longer reaches back far enough.</returns>
    public static RecordState? Of(LogWindow window, RecordId record, RecordState? row, long appliedSeq)
    {
        if (appliedSeq < window.Floor)
        {
            return null;
        }

        // An entry with the row's own rev counts as well: its deletes may not have reached the row yet.
        if (window.Latest(record) is { } entry && entry.Rev > appliedSeq && entry.Rev >= (row?.Rev ?? 0))
        {
            return RecordState.Of(entry) with { NewestCell = row?.NewestCell ?? 0, Rewrite = window.Held(record)?.Entry.Rev < entry.Rev };
        }

        if (window.Held(record) is { } held && held.Entry.Rev >= (row?.Rev ?? 0))
        {
            return RecordState.Of(held.Entry) with { NewestCell = row?.NewestCell ?? 0, Rewrite = true };
        }

        return row;
    }
}
