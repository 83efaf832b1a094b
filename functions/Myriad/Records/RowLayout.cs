using System.Globalization;
using System.Text;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Myriad.Records;

/// <summary>
/// Moves rows from one mapping to another. A row is put whole in its new layout first, in one atomic write that also names the columns to remove: whoever
/// goes on after a crash need not guess whether a column is of the old layout or a field of the new one.
/// </summary>
internal static class RowLayout
{
    /// <summary>Whether a remap has put the row in its new layout, and the columns of the old one that are still to go.</summary>
    public static bool IsMoved(Row row, string remapId, out IReadOnlyList<string> leftover)
    {
        var note = row.Cells.FirstOrDefault(cell => cell.Column == MetaColumns.Remap) is { } cell ? Encoding.UTF8.GetString(cell.Value.Span).Split(' ') : [""];
        leftover = note[1..];
        return note[0] == remapId;
    }

    /// <summary>What is left to do for a row that <see cref="IsMoved"/>; null: nothing.</summary>
    public static RowMove? Finish(Row row, string remapId, IReadOnlyList<string> leftover) =>
        leftover.Count == 0 ? null : Clear(row.Key, null, leftover, remapId, Newest(row));

    /// <summary>Moves a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="value">Its record, in the shape of the new mapping.</param>
    /// <param name="state">What the row said. If a job's work on it is still to be taken over, it goes on looking so.</param>
    /// <param name="schemaVersion">The schema version that <paramref name="value"/> is in.</param>
    /// <param name="from">How it lies.</param>
    /// <param name="to">How it is to lie.</param>
    /// <param name="remapId">The remap.</param>
    public static RowMove Move(Row row, RecordValue value, RecordState state, int schemaVersion, IRowCodec from, IRowCodec to, string remapId)
    {
        // Above every cell and every marker of the row, or an earlier remap's deletes would hide what is put now.
        var timestamp = Newest(row) + 1;
        var columns = to.Encode(value);
        var cells = columns.Select(column => new Cell(column.Column, timestamp, column.Value))
            .Concat(to.Constants.Select(constant => new Cell(constant.Key, timestamp, constant.Value)))
            .ToList();
        var kept = cells.Select(cell => cell.Column).ToHashSet();
        var leftover = row.Cells.Select(cell => cell.Column)
            .Where(column => !kept.Contains(column) && (from.Owns(column) || from.Constants.ContainsKey(column)))
            .ToList();
        if (state.Rev > 0)
        {
            cells.Add(new Cell(MetaColumns.Clock, timestamp, ClockCell.Write(state.Clocks, schemaVersion)));
        }

        if (!state.Foreign)
        {
            cells.Add(new Cell(MetaColumns.Hash, timestamp, Encoding.UTF8.GetBytes(RowHash.Of(columns))));
            cells.Add(new Cell(MetaColumns.Seen, timestamp, Encoding.UTF8.GetBytes(timestamp.ToString(CultureInfo.InvariantCulture))));
        }

        cells.Add(new Cell(MetaColumns.Remap, timestamp, Encoding.UTF8.GetBytes(string.Join(' ', [remapId, .. leftover]))));
        return Clear(row.Key, new RowPut(row.Key, cells), leftover, remapId, timestamp);
    }

    private static RowMove Clear(string rowKey, RowPut? put, IReadOnlyList<string> leftover, string remapId, long timestamp) => leftover.Count == 0
        ? new RowMove(put, null, null)
        : new RowMove(
            put,
            new RowDelete(rowKey, leftover, timestamp),
            new RowPut(rowKey, [new Cell(MetaColumns.Remap, timestamp + 1, Encoding.UTF8.GetBytes(remapId))]));

    private static long Newest(Row row) => row.Cells.Max(cell => cell.Timestamp);
}
