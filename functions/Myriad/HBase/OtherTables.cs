using MyriadSync.Contracts.Tables;

namespace MyriadSync.Myriad.HBase;

/// <summary>The tables beside those of the datasets: those that others made, and ours beside them.</summary>
/// <param name="needs">By name.</param>
internal sealed class OtherTables(IReadOnlyDictionary<string, TableNeeds> needs)
{
    /// <summary>There are none.</summary>
    public static OtherTables None { get; } = new(new Dictionary<string, TableNeeds>());

    /// <summary>The tables of a configuration's stores.</summary>
    /// <param name="tables">By store.</param>
    /// <param name="columnsOf">The columns that a store's mapping names.</param>
    public static OtherTables Of(IReadOnlyDictionary<string, ExistingTable> tables, Func<string, IEnumerable<string>> columnsOf)
    {
        var needs = new Dictionary<string, TableNeeds>(StringComparer.Ordinal);
        foreach (var (store, table) in tables)
        {
            var mapped = columnsOf(store).Select(column => column.Split(':')[0]).Distinct();
            needs[table.Name] = new TableNeeds
            {
                Store = store,
                Families = [.. table.SyncFamily is { } own ? mapped.Append(own) : mapped],
                MayAdd = table is { SyncFamily: { } family, MayAddFamily: true } ? [family] : [],
                ProbeFamily = table.SyncFamily,
            };
            if (table.SyncTable is { } beside)
            {
                needs[beside] = new TableNeeds { Store = store, Families = [StoreColumns.MetaFamily], MayAdd = [StoreColumns.MetaFamily], MayCreate = true, ProbeFamily = StoreColumns.MetaFamily };
            }
        }

        return new OtherTables(needs);
    }

    /// <summary>What the table must have; null: it is one of the datasets' own.</summary>
    public TableNeeds? Of(string table) => needs.GetValueOrDefault(table);

    /// <summary>Row keys of the table may be of any bytes.</summary>
    public bool HasAnyKeys(string table) => needs.ContainsKey(table);

    /// <summary>The column of the table's probe cells; null: it has no place for them.</summary>
    public string? ProbeOf(string table) => needs.TryGetValue(table, out var needed)
        ? needed.ProbeFamily is { } family ? family + StoreColumns.Probe[StoreColumns.MetaFamily.Length..] : null
        : StoreColumns.Probe;
}
