using System.Text;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;
using MyriadSync.MyriadEmulator;
using MyriadSync.MyriadEmulator.Admin;
using MyriadSync.Pipeline.Transform;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>What every reader of the cluster sees of a dataset's rows: the newest version of each cell that no marker hides.</summary>
/// <param name="emulator">The cluster.</param>
/// <param name="codecOf">The codec of a store; null: all lie there plain.</param>
internal sealed class ClusterView(MyriadEmulatorHost emulator, Func<string, IRowCodec>? codecOf = null)
{
    private const string Table = TableMapOptions.DefaultTable;

    /// <summary>Fields of a record with their JSON, from its cells in family <c>d</c>; empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Fields(string dataset, string key, string store = "todos") =>
        Read(Keys.Row(dataset, key, store)) is { } row
            ? row.Cells.Where(cell => cell.Column.StartsWith("d:", StringComparison.Ordinal))
                .ToDictionary(cell => cell.Column[2..], cell => Encoding.UTF8.GetString(cell.Value.Span))
            : new Dictionary<string, string>();

    /// <summary>The record's state; absent when there is no row.</summary>
    public RecordState State(string dataset, string key, string store = "todos") =>
        Read(Keys.Row(dataset, key, store)) is { } row ? RecordRows.Read(row, PlainCodec.Instance) : RecordState.Absent;

    /// <summary>Whether anybody sees anything of the record's row.</summary>
    public bool Exists(string dataset, string key, string store = "todos") => Read(Keys.Row(dataset, key, store)) is not null;

    /// <summary>Whether the row holds a record, and not a tombstone or a mere probe.</summary>
    public bool IsAlive(string dataset, string key, string store = "todos") => State(dataset, key, store).Value is not null;

    /// <summary>Every record of the dataset that is alive.</summary>
    public IReadOnlyDictionary<RecordId, RecordState> Alive(string dataset)
    {
        var range = RowKeys.DatasetRange(dataset);
        var alive = new Dictionary<RecordId, RecordState>();
        foreach (var stored in emulator.Cells.Rows(Table))
        {
            if (string.CompareOrdinal(stored.Key, range.Start) >= 0 && string.CompareOrdinal(stored.Key, range.End) < 0
                && RowKeys.TryParse(stored.Key, out _, out var store, out var key)
                && Visible(stored) is { } row && RecordRows.Read(row, codecOf?.Invoke(store) ?? PlainCodec.Instance) is { Value: not null } state)
                alive.Add(new RecordId(store, key), state);
        }

        return alive;
    }

    private Row? Read(string key) => emulator.Cells.Row(Table, key) is { } stored ? Visible(stored) : null;

    private static Row? Visible(StoredRow stored)
    {
        var cells = stored.Cells.Where(cell => cell.Kind == StoredCellKind.Put)
            .GroupBy(cell => cell.Column)
            .Select(versions => versions.First())
            .Where(cell => !cell.IsHidden)
            .Select(cell => new Cell(cell.Column, cell.Timestamp, cell.Value))
            .ToList();
        return cells.Count == 0 ? null : new Row(stored.Key, cells);
    }
}
