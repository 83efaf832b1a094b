using MyriadSync.Contracts.Tables;

namespace MyriadSync.Myriad;

/// <summary>The tables that records lie in, those of the datasets and those that others made, and which of them a record lies in.</summary>
internal sealed class ClusterTables(TableMap tables, RecordPlaces places)
{
    /// <summary>Every table, each once.</summary>
    public IReadOnlyList<string> All { get; } = [.. tables.Tables.Concat(places.Tables.Values.Select(existing => existing.Name)).Distinct()];

    /// <summary>Whether records of a dataset can lie in a table.</summary>
    public bool Concerns(string table, string dataset) => places.Find(table) is { } existing ? existing.Serves(dataset) : tables.TableOf(dataset) == table;

    /// <summary>The table of a dataset's records in a store.</summary>
    public string TableOf(string dataset, string store) => places.TableOf(store)?.Name ?? tables.TableOf(dataset);
}
