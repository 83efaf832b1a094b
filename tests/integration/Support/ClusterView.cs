using System.Text;
using System.Text.Json.Nodes;
using MyriadSync.ConformanceTests.Support;
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
internal sealed class ClusterView
{
    private const string Table = TableMapOptions.DefaultTable;

    private readonly Func<string, Row?> _row;
    private readonly Func<string, string, IEnumerable<Row>> _range;
    private readonly Func<string, IRowCodec>? _codecOf;

    /// <summary>Looks into the emulator: no fault and no gate is in its way.</summary>
    /// <param name="emulator">The cluster.</param>
    /// <param name="codecOf">The codec of a store; null: all lie there plain.</param>
    public ClusterView(MyriadEmulatorHost emulator, Func<string, IRowCodec>? codecOf = null)
    {
        _row = key => emulator.Cells.Row(Table, key) is { } stored ? Visible(stored) : null;
        _range = (start, end) => emulator.Cells.Rows(Table)
            .Where(row => string.CompareOrdinal(row.Key, start) >= 0 && string.CompareOrdinal(row.Key, end) < 0)
            .Select(Visible)
            .OfType<Row>();
        _codecOf = codecOf;
    }

    /// <summary>Asks a gateway.</summary>
    /// <param name="gateway">A real one.</param>
    public ClusterView(Uri gateway)
    {
        _row = key => _range!(key, key + "\0").SingleOrDefault();
        _range = (start, end) => GatewayRows.Read(gateway, Table, start, end)
            .Select(row => new Row(row.Key, [.. row.Cells.Select(cell => new Cell(cell.Key, cell.Value.Timestamp, cell.Value.Value))]));
    }

    /// <summary>Fields of a record with their JSON, from its cells in family <c>d</c>; empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Fields(string dataset, string key, string store = "todos") =>
        Columns(dataset, key, store).Where(column => column.Key.StartsWith("d:", StringComparison.Ordinal)).ToDictionary(column => column.Key[2..], column => column.Value);

    /// <summary>Columns of a record's row with their cells as text; empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Columns(string dataset, JsonNode key, string store) =>
        _row(Keys.Row(dataset, key, store)) is { } row ? row.Cells.ToDictionary(cell => cell.Column, cell => Encoding.UTF8.GetString(cell.Value.Span)) : new Dictionary<string, string>();

    /// <summary>The record's state; absent when there is no row.</summary>
    public RecordState State(string dataset, string key, string store = "todos") =>
        _row(Keys.Row(dataset, key, store)) is { } row ? RecordRows.Read(row, PlainCodec.Instance) : RecordState.Absent;

    /// <summary>Whether anybody sees anything of the record's row.</summary>
    public bool Exists(string dataset, string key, string store = "todos") => _row(Keys.Row(dataset, key, store)) is not null;

    /// <summary>Whether the row holds a record, and not a tombstone or a mere probe.</summary>
    public bool IsAlive(string dataset, string key, string store = "todos") => State(dataset, key, store).Value is not null;

    /// <summary>Every record of the dataset that is alive.</summary>
    public IReadOnlyDictionary<RecordId, RecordState> Alive(string dataset)
    {
        var range = RowKeys.DatasetRange(dataset);
        var alive = new Dictionary<RecordId, RecordState>();
        foreach (var row in _range(range.Start, range.End))
        {
            if (RowKeys.TryParse(row.Key, out _, out var store, out var key)
                && RecordRows.Read(row, _codecOf?.Invoke(store) ?? PlainCodec.Instance) is { Value: not null } state)
                alive.Add(new RecordId(store, key), state);
        }

        return alive;
    }

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
