using MyriadSync.Contracts.Tables;

namespace MyriadSync.Myriad.Existing;

/// <summary>Writes by where their rows lie.</summary>
internal sealed class PlacedWrites
{
    private PlacedWrites()
    {
    }

    /// <summary>Puts into the datasets' own table.</summary>
    public List<RowPut> Puts { get; } = [];

    /// <summary>Deletes there.</summary>
    public List<RowDelete> Deletes { get; } = [];

    /// <summary>Those of each existing table, with its row keys.</summary>
    public Dictionary<ExistingTable, TableWrites> ByTable { get; } = [];

    /// <summary>Keys of rows that no table can have.</summary>
    public HashSet<string> Impossible { get; } = new(StringComparer.Ordinal);

    /// <summary>Sorts writes.</summary>
    public static PlacedWrites Of(IEnumerable<RowPut> puts, IEnumerable<RowDelete> deletes, RecordPlaces places)
    {
        var placed = new PlacedWrites();
        foreach (var put in puts)
        {
            placed.Add(put.Key, places, () => placed.Puts.Add(put), (table, rowKey) => table.Puts.Add(put with { Key = rowKey }));
        }

        foreach (var delete in deletes)
        {
            placed.Add(delete.Key, places, () => placed.Deletes.Add(delete), (table, rowKey) => table.Deletes.Add(delete with { Key = rowKey }));
        }

        return placed;
    }

    private void Add(string key, RecordPlaces places, Action other, Action<TableWrites, string> add)
    {
        if (!places.TryPlace(key, out var place))
        {
            other();
        }
        else if (place.RowKey is not { } rowKey)
        {
            Impossible.Add(key);
        }
        else
        {
            if (!ByTable.TryGetValue(place.Table, out var writes))
            {
                ByTable[place.Table] = writes = new TableWrites();
            }

            writes.Keys[rowKey] = key;
            add(writes, rowKey);
        }
    }
}
