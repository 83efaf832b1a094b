using System.Globalization;
using System.Text;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Myriad.Records;

/// <summary>Records as rows of the cluster, both ways (DESIGN 7), for stores without a file: one JSON cell of family <c>d</c> per top-level field.</summary>
internal static class RecordRows
{
    private const string DataPrefix = StoreColumns.DataFamily + ":";

    private static readonly ReadOnlyMemory<byte> Zero = "0"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> One = "1"u8.ToArray();

    /// <summary>The full column name of a qualifier.</summary>
    public static string Column(string qualifier) => DataPrefix + qualifier;

    /// <summary>A record's columns as they lie on the cluster, in byte order.</summary>
    public static IEnumerable<(string Column, ReadOnlyMemory<byte> Value)> Columns(RecordValue value) =>
        ValueColumns.Of(value).Select(column => (Column(column.Qualifier), column.Json)).OrderBy(column => column.Item1, StringComparer.Ordinal);

    /// <summary>What a row says.</summary>
    public static RecordState Read(Row row)
    {
        var data = row.Cells.Where(cell => cell.Column.StartsWith(DataPrefix, StringComparison.Ordinal)).ToList();
        var meta = row.Cells.Where(cell => !cell.Column.StartsWith(DataPrefix, StringComparison.Ordinal)).ToDictionary(cell => cell.Column, cell => cell.Value);
        var rev = meta.TryGetValue(MetaColumns.Rev, out var revCell) && long.TryParse(Text(revCell), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        // A job deletes by setting m:deleted, and creates anew by putting data on top of a tombstone: the newer of the two counts.
        var mark = row.Cells.FirstOrDefault(cell => cell.Column == MetaColumns.Deleted);
        var deleted = mark is not null && Text(mark.Value) == "1";
        var alive = !deleted || data.Any(cell => cell.Timestamp > mark!.Timestamp);
        var hash = RowHash.Of(data.Select(cell => (cell.Column, cell.Value)).OrderBy(cell => cell.Column, StringComparer.Ordinal));
        var value = !alive || (data.Count == 0 && rev == 0)
            ? null
            : ValueColumns.ToValue(data.Select(cell => (cell.Column[DataPrefix.Length..], cell.Value)));
        return new RecordState
        {
            Rev = rev,
            Value = value,
            At = Text(meta.GetValueOrDefault(MetaColumns.At)),
            By = Text(meta.GetValueOrDefault(MetaColumns.By)),
            Clocks = meta.TryGetValue(MetaColumns.Clock, out var clock) ? ClockCell.Read(clock.Span, row.Key) : FieldClocks.None,
            NewestCell = row.Cells.Count == 0 ? 0 : row.Cells.Max(cell => cell.Timestamp),
            Foreign = hash != (rev == 0 ? RowHash.Of([]) : Text(meta.GetValueOrDefault(MetaColumns.Hash))) || (deleted && data.Count > 0),
            MaybeMasked = data.Count == 0 && !deleted,
        };
    }

    /// <summary>The cells that an entry puts. Writing them twice, or late, is harmless: the timestamp is the commit's.</summary>
    /// <param name="rowKey">Row of the record.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="commitTs">Its segment's timestamp (ms).</param>
    /// <param name="whole">Write every column: what the cluster holds is not what the entry was computed from.</param>
    public static RowPut Put(string rowKey, LogEntry entry, long commitTs, bool whole)
    {
        var columns = entry.Value is null ? [] : Columns(entry.Value).ToList();
        var changed = whole || entry.Changed is null ? null : entry.Changed.Select(Column).ToHashSet();
        var cells = columns.Where(column => changed?.Contains(column.Column) != false)
            .Select(column => new Cell(column.Column, commitTs, column.Value))
            .ToList();
        cells.Add(new Cell(MetaColumns.Rev, commitTs, Utf8(entry.Rev.ToString(CultureInfo.InvariantCulture))));
        cells.Add(new Cell(MetaColumns.At, commitTs, Utf8(entry.At)));
        cells.Add(new Cell(MetaColumns.By, commitTs, Utf8(entry.By)));
        cells.Add(new Cell(MetaColumns.Clock, commitTs, ClockCell.Write(entry.Clocks)));
        cells.Add(new Cell(MetaColumns.Hash, commitTs, Utf8(RowHash.Of(columns))));
        cells.Add(new Cell(MetaColumns.Deleted, commitTs, entry.IsTombstone ? One : Zero));
        if (entry.By == RecordState.Myriad && entry.Clocks.Columns.Count > 0)
        {
            var seen = entry.Clocks.Columns.Values.Max(clock => clock.Timestamp);
            cells.Add(new Cell(MetaColumns.Seen, commitTs, Utf8(seen.ToString(CultureInfo.InvariantCulture))));
        }

        return new RowPut(rowKey, cells);
    }

    /// <summary>The cells that an entry deletes; null: none.</summary>
    public static RowDelete? Delete(string rowKey, LogEntry entry, long commitTs) => entry switch
    {
        { IsTombstone: true } => new RowDelete(rowKey, [StoreColumns.DataFamily], commitTs),
        { Removed.Count: > 0 } => new RowDelete(rowKey, [.. entry.Removed.Select(Column)], commitTs),
        _ => null,
    };

    private static string Text(ReadOnlyMemory<byte> cell) => Encoding.UTF8.GetString(cell.Span);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
