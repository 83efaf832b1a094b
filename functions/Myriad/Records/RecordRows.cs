using System.Globalization;
using System.Text;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Myriad.Records;

/// <summary>
/// Records as rows of the cluster, both ways (DESIGN 7). The only place that knows of columns: entries, clocks and states are in terms of the client's
/// fields, and the store's codec says where those lie. Columns that it does not own are a job's own business and pass unseen.
/// </summary>
internal static class RecordRows
{
    private static readonly ReadOnlyMemory<byte> Zero = "0"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> One = "1"u8.ToArray();

    /// <summary>What a row says.</summary>
    /// <param name="row">The newest version of each column.</param>
    /// <param name="codec">The codec of its store.</param>
    public static RecordState Read(Row row, IRowCodec codec)
    {
        var parts = RowParts.Of(row, codec);
        var rev = parts.Number(MetaColumns.Rev);
        // A job deletes by setting m:deleted, and creates anew by putting data on top of a tombstone: the newer of the two counts.
        var mark = parts.Meta(MetaColumns.Deleted);
        var deleted = mark is not null && Encoding.UTF8.GetString(mark.Value.Span) == "1";
        var alive = !deleted || parts.NewestData > mark!.Timestamp;
        // Or by deleting the fields: what is left when the last one goes is no record without fields, unless it had none before.
        var emptied = parts.Data.Count == 0 && (rev == 0 || parts.Text(MetaColumns.Hash) != RowHash.Empty);
        var decoded = !alive || emptied ? null : codec.Decode(parts.Data);
        var state = new RecordState
        {
            Rev = rev,
            Value = decoded is null ? null : Keyed(decoded.Value, row.Key, codec),
            At = parts.Text(MetaColumns.At),
            By = parts.Text(MetaColumns.By),
            Clocks = parts.Meta(MetaColumns.Clock) is { } clock ? ClockCell.Read(clock.Value.Span, row.Key) : FieldClocks.None,
            SchemaVersion = rev > 0 && parts.Meta(MetaColumns.Clock) is { } stamped ? ClockCell.ReadSchemaVersion(stamped.Value.Span) : 0,
            NewestCell = parts.NewestCell,
            Foreign = RowHash.Of(parts.Data) != (rev == 0 ? RowHash.Empty : parts.Text(MetaColumns.Hash)) || (deleted && parts.Data.Count > 0),
            Unreadable = decoded?.Unreadable ?? [],
            MaybeMasked = parts.Data.Count == 0 && !deleted,
        };
        return state is { Foreign: true, Value: not null } && codec.CellPerField ? ForeignRows.Explain(state, row, codec) : state;
    }

    private static RecordValue Keyed(RecordValue value, string rowKey, IRowCodec codec) =>
        codec.HasKeyFields && RowKeys.TryParse(rowKey, out _, out _, out var key) ? codec.WithKey(value, key) : value;

    /// <summary>The cells that an entry puts. Writing them twice, or late, is harmless: the timestamp is the commit's.</summary>
    /// <param name="rowKey">Row of the record.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="commitTs">Its segment's timestamp (ms).</param>
    /// <param name="whole">Write every column: what the cluster holds is not what the entry was computed from.</param>
    /// <param name="codec">The codec of its store, of the mapping that it was committed with.</param>
    public static RowPut Put(string rowKey, LogEntry entry, long commitTs, bool whole, IRowCodec codec)
    {
        var columns = entry.Value is null ? [] : codec.Encode(entry.Value);
        var changed = whole || entry.Changed is null || !codec.CellPerField ? null : entry.Changed.ToHashSet();
        var cells = new List<Cell>(columns.Count + codec.Constants.Count + 8);
        foreach (var column in columns)
        {
            if (changed?.Contains(column.Qualifier) != false)
            {
                cells.Add(new Cell(column.Column, commitTs, column.Value));
            }
        }

        if (entry.Value is not null && (whole || entry.Changed is null || entry.By == RecordState.Myriad))
        {
            cells.AddRange(codec.Constants.Select(constant => new Cell(constant.Key, commitTs, constant.Value)));
        }

        cells.Add(new Cell(MetaColumns.Rev, commitTs, Utf8(entry.Rev.ToString(CultureInfo.InvariantCulture))));
        cells.Add(new Cell(MetaColumns.At, commitTs, Utf8(entry.At)));
        cells.Add(new Cell(MetaColumns.By, commitTs, Utf8(entry.By)));
        cells.Add(new Cell(MetaColumns.Clock, commitTs, ClockCell.Write(entry.Clocks, entry.SchemaVersion)));
        cells.Add(new Cell(MetaColumns.Hash, commitTs, Utf8(RowHash.Of(columns))));
        cells.Add(new Cell(MetaColumns.Deleted, commitTs, entry.IsTombstone ? One : Zero));
        if (entry.Judged > 0)
        {
            cells.Add(new Cell(MetaColumns.Seen, commitTs, Utf8(entry.Judged.ToString(CultureInfo.InvariantCulture))));
        }

        return new RowPut(rowKey, cells);
    }

    /// <summary>The cells that an entry deletes; null: none. Never one that <see cref="Put"/> writes.</summary>
    public static RowDelete? Delete(string rowKey, LogEntry entry, long commitTs, IRowCodec codec)
    {
        var columns = entry switch
        {
            { IsTombstone: true } => codec.DeleteTargets,
            _ when !codec.CellPerField && entry.Changed is not null => Absent(entry, codec),
            { Removed.Count: > 0 } when codec.CellPerField => [.. entry.Removed.Select(codec.ColumnOf).OfType<string>()],
            _ => [],
        };
        return columns.Count == 0 ? null : new RowDelete(rowKey, columns, commitTs);
    }

    // Which columns a changed record gave up only its whole image tells, where a transformer makes them.
    private static List<string> Absent(LogEntry entry, IRowCodec codec)
    {
        var there = codec.Encode(entry.Value!).Select(cell => cell.Column).ToHashSet();
        return [.. codec.NamedColumns.Where(column => !there.Contains(column) && !codec.Constants.ContainsKey(column))];
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
