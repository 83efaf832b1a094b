using System.IO.Enumeration;
using Microsoft.Extensions.Options;

namespace MyriadSync.Myriad;

/// <summary>Which HBase table a dataset's records lie in (DESIGN 7): a table per group of datasets, never one per user.</summary>
public sealed class TableMap(IOptions<TableMapOptions> options)
{
    /// <summary>The table, with its namespace.</summary>
    public string TableOf(string dataset) =>
        options.Value.Groups.FirstOrDefault(group => FileSystemName.MatchesSimpleExpression(group.Datasets, dataset, ignoreCase: false))?.Table
        ?? TableMapOptions.DefaultTable;
}
