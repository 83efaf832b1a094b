using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Pipeline.Transform;

namespace MyriadSync.Configuration.Stores;

/// <summary>The files of <c>Stores:Folder</c>, read once.</summary>
internal sealed class StoreFiles
{
    private StoreFiles(IReadOnlyList<StoreDefinition> stores, IReadOnlyList<StoreFault> faults) => (Stores, Faults) = (stores, faults);

    /// <summary>The stores; of no use while there are faults.</summary>
    public IReadOnlyList<StoreDefinition> Stores { get; }

    /// <summary>What is wrong, in all files.</summary>
    public IReadOnlyList<StoreFault> Faults { get; }

    /// <summary>Reads every <c>*.json</c> of the folder that is no <c>*.schema.json</c>.</summary>
    /// <param name="options">Names the folder.</param>
    /// <param name="tables">The tables of datasets, which no store may have for its own.</param>
    public static StoreFiles Load(StoreOptions options, TableMapOptions tables)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, options.Folder);
        if (!Directory.Exists(folder))
        {
            return new StoreFiles([], [new StoreFault(folder, "", "There is no such folder. Stores:Folder names the one with the stores' files; it may be empty.")]);
        }

        var read = Directory.EnumerateFiles(folder, "*.json")
            .Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => StoreFileReader.Read(Path.GetFileName(file), File.ReadAllBytes(file)))
            .ToList();
        List<StoreDefinition> stores = [.. read.Where(file => file.Store is not null).Select(file => file.Store!)];
        return new StoreFiles(stores, [.. read.SelectMany(file => file.Faults), .. SharedTables(stores, tables)]);
    }

    /// <summary>A table has the rows of one store, or notes about them; whose a row is could not be told otherwise.</summary>
    private static IEnumerable<StoreFault> SharedTables(IEnumerable<StoreDefinition> stores, TableMapOptions tables)
    {
        var owners = new Dictionary<string, string> { [TableMapOptions.DefaultTable] = "the datasets" };
        foreach (var group in tables.Groups)
        {
            owners.TryAdd(group.Table, $"the datasets {group.Datasets}");
        }

        foreach (var store in stores.Where(store => store.Table is not null))
        {
            foreach (var (member, table) in new[] { ("name", store.Table!.Name), ("sync/table", store.Table.SyncTable) })
            {
                if (table is not null && !owners.TryAdd(table, $"store {store.Name}"))
                {
                    yield return new StoreFault(store.Name + ".json", $"/table/{member}", $"The table {table} is taken already, by {owners[table]}.");
                }
            }
        }
    }
}
