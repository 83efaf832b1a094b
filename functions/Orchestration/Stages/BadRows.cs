using System.Text.Json;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Poison;

namespace MyriadSync.Orchestration.Stages;

/// <summary>Describes rows that cannot be read, for operators.</summary>
internal static class BadRows
{
    /// <summary>The poison item of a row. Its time is that of the bad cell where there is one, so that our own later writes to the row make no second item.</summary>
    public static BadRow Describe(RecordId record, Row row, UnreadableCell bad) => new()
    {
        Record = record,
        NewestCell = row.Cells.FirstOrDefault(cell => cell.Column == bad.Column)?.Timestamp ?? row.Cells.Max(cell => cell.Timestamp),
        Reason = RowStates.UnreadableCell,
        Detail = $"The cell {bad.Column} is {bad.Trouble}.",
        Item = Write(row),
    };

    /// <summary>The poison item of a row with a cell so far in the future that nobody waits for it.</summary>
    public static BadRow FromTheFuture(string dataset, RecordId record, RecordState row) => new()
    {
        Record = record,
        NewestCell = row.NewestCell,
        Reason = WaitReasons.CellInFuture,
        Detail = Presets.CellInFuture,
        Item = JsonSerializer.SerializeToUtf8Bytes(new { row = RowKeys.Compose(dataset, record.Store, record.Key), newestCell = row.NewestCell }),
    };

    private static byte[] Write(Row row) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        row = row.Key,
        cells = row.Cells.Select(cell => new { column = cell.Column, timestamp = cell.Timestamp, value = Convert.ToBase64String(cell.Value.Span) }),
    });
}
