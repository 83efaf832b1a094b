using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.Contracts.Tables;

/// <summary>
/// Where records lie: (dataset, store, key) to and from (table, row key). Everywhere above the record store a record's row goes by one key, that of
/// <see cref="RowKeys"/>; in a table that was there before us it has another, and this is the only place that knows both.
/// </summary>
internal sealed class RecordPlaces
{
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    private readonly Dictionary<string, ExistingTable> _byStore;
    private readonly Dictionary<string, ExistingTable>.AlternateLookup<ReadOnlySpan<char>> _byStoreSpan;
    private readonly Dictionary<string, (string Store, ExistingTable Table)> _byTable;

    public RecordPlaces(IStoreCatalog stores)
    {
        _byStore = stores.Declared.Where(store => store.Table is not null).ToDictionary(store => store.Name, store => store.Table!);
        _byStoreSpan = _byStore.GetAlternateLookup<ReadOnlySpan<char>>();
        _byTable = _byStore.ToDictionary(pair => pair.Value.Name, pair => (pair.Key, pair.Value));
    }

    /// <summary>Tables that were there before us, by store.</summary>
    public IReadOnlyDictionary<string, ExistingTable> Tables => _byStore;

    /// <summary>The table of a store that has one of its own; null: its records lie in the dataset's table.</summary>
    public ExistingTable? TableOf(string store) => _byStore.GetValueOrDefault(store);

    /// <summary>The table of this name; null: it is none of those that were there before us.</summary>
    public ExistingTable? Find(string table) => _byTable.TryGetValue(table, out var found) ? found.Table : null;

    /// <summary>Whether the table lies beside one of those, and has what sync notes: its rows have the other one's keys.</summary>
    public bool IsBeside(string table) => _byStore.Values.Any(existing => existing.SyncTable == table);

    /// <summary>Stores of a dataset that have tables of their own.</summary>
    public IEnumerable<string> StoresOf(string dataset) => _byStore.Where(pair => pair.Value.Serves(dataset)).Select(pair => pair.Key);

    /// <summary>Finds the place of the row that goes by a key.</summary>
    /// <param name="key">As <see cref="RowKeys"/> makes it.</param>
    /// <param name="place">Its place. Without a row key there can be no such row.</param>
    /// <returns>False: it lies under this very key in the table of its dataset.</returns>
    public bool TryPlace(string key, out RowPlace place)
    {
        place = default;
        if (_byStore.Count == 0 || Table(key, out _) is not { } table)
        {
            return false;
        }

        place = new RowPlace(
            table,
            RowKeys.TryParse(key, out var dataset, out _, out var record) && table.Serves(dataset) && table.Keys.TryEncode(dataset, record, out var rowKey, out _) ? rowKey : null);
        return true;
    }

    /// <summary>The key that a row of an existing table goes by; null: it is no record of ours.</summary>
    public string? KeyOf(string table, string rowKey) =>
        _byTable.TryGetValue(table, out var place) && place.Table.Keys.TryDecode(rowKey, out var named, out var key)
            ? RowKeys.Compose(named ?? place.Table.Dataset!, place.Store, key)
            : null;

    /// <summary>
    /// Where a record comes when its store is read in order: its row's key, or, in a table of its own, the row key there in hexadecimal behind dataset and
    /// store. Null: there can be no such row.
    /// </summary>
    public string? PositionOf(string dataset, RecordId record)
    {
        var key = RowKeys.Compose(dataset, record.Store, record.Key);
        return !TryPlace(key, out var place) ? key : place.RowKey is { } rowKey ? Position(key, rowKey) : null;
    }

    /// <summary>Whether a text from outside can be a position, or a store's beginning.</summary>
    public bool IsPosition(string text) =>
        _byStore.Count == 0 || Table(text, out var start) is null || (start % 2 == text.Length % 2 && !text.AsSpan(start).ContainsAnyExcept(LowerHex));

    /// <summary>Whether a position lies in a store with a table of its own.</summary>
    /// <param name="position">The position, or a store's beginning.</param>
    /// <param name="table">The table.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="rowKey">The first row key there that is not before it.</param>
    public bool TryRead(string position, [NotNullWhen(true)] out ExistingTable? table, out string dataset, out string rowKey)
    {
        var start = 0;
        table = _byStore.Count == 0 ? null : Table(position, out start);
        dataset = table is null ? "" : position[..position.IndexOf('~', StringComparison.Ordinal)];
        rowKey = table is null ? "" : start == position.Length ? table.Keys.Prefix(dataset) : ByteText.Of(Convert.FromHexString(position.AsSpan(start)));
        return table is not null;
    }

    /// <summary>The position of a row key in the store that a position lies in.</summary>
    public string Position(string within, string rowKey)
    {
        _ = Table(within, out var start);
        return string.Concat(within.AsSpan(0, start), Convert.ToHexStringLower(ByteText.Bytes(rowKey)));
    }

    private ExistingTable? Table(string key, out int start)
    {
        start = 0;
        var first = key.IndexOf('~', StringComparison.Ordinal);
        var second = first < 0 ? -1 : key.IndexOf('~', first + 1);
        if (second < 0 || !_byStoreSpan.TryGetValue(key.AsSpan(first + 1, second - first - 1), out var table))
        {
            return null;
        }

        start = second + 1;
        return table;
    }
}
