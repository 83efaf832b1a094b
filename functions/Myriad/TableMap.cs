using System.IO.Enumeration;
using Microsoft.Extensions.Options;

namespace MyriadSync.Myriad;

/// <summary>Which HBase table a dataset's records lie in (DESIGN 7): a table per group of datasets, never one per user.</summary>
public sealed class TableMap(IOptions<TableMapOptions> options)
{
    /// <summary>Every table that datasets lie in.</summary>
    public IReadOnlyList<string> Tables => [.. options.Value.Groups.Select(group => group.Table).Append(TableMapOptions.DefaultTable).Distinct()];

    /// <summary>The table, with its namespace.</summary>
    public string TableOf(string dataset) =>
        options.Value.Groups.FirstOrDefault(group => FileSystemName.MatchesSimpleExpression(group.Datasets, dataset, ignoreCase: false))?.Table
        ?? TableMapOptions.DefaultTable;
}
