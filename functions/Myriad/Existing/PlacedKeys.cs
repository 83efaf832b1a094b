using MyriadSync.Contracts.Tables;

namespace MyriadSync.Myriad.Existing;

/// <summary>Row keys by where their rows lie.</summary>
internal sealed class PlacedKeys
{
    private PlacedKeys()
    {
    }

    /// <summary>Keys of rows in the datasets' own table.</summary>
    public List<string> Others { get; } = [];

    /// <summary>For each existing table: its row keys, and the keys that their rows go by. Rows that it cannot have are left out.</summary>
    public Dictionary<ExistingTable, Dictionary<string, string>> ByTable { get; } = [];

    /// <summary>Sorts keys.</summary>
    public static PlacedKeys Of(IEnumerable<string> keys, RecordPlaces places)
    {
        var placed = new PlacedKeys();
        foreach (var key in keys)
        {
            if (!places.TryPlace(key, out var place))
            {
                placed.Others.Add(key);
                continue;
            }

            if (!placed.ByTable.TryGetValue(place.Table, out var rows))
            {
                placed.ByTable[place.Table] = rows = new(StringComparer.Ordinal);
            }

            if (place.RowKey is not null)
            {
                rows[place.RowKey] = key;
            }
        }

        return placed;
    }
}
