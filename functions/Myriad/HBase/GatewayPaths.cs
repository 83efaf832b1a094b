using System.Globalization;
using System.Text;

namespace MyriadSync.Myriad.HBase;

/// <summary>Paths and queries of the gateway. Row keys are checked against the alphabet before they come here and need no escaping.</summary>
internal static class GatewayPaths
{
    public static string Schema(string table) => $"/{Table(table)}/schema";

    public static string Namespace(string name) => $"/namespaces/{Uri.EscapeDataString(name)}";

    /// <summary>The path of a bulk put: the keys in the body count, the one in the path does not.</summary>
    public static string Put(string table) => $"/{Table(table)}/bulk";

    public static string Delete(string table, string row, IEnumerable<string> columns, long timestamp) =>
        $"/{Table(table)}/{row}/{string.Join(',', columns.Select(Column))}/{timestamp.ToString(CultureInfo.InvariantCulture)}";

    public static string Multiget(string table, string? column, IEnumerable<string> rows)
    {
        var path = new StringBuilder(MultigetStart(table, column));
        foreach (var row in rows)
            path.Append("row=").Append(row).Append('&');
        path.Length--;
        return path.ToString();
    }

    /// <summary>Characters of a multiget before its first row; each row takes <see cref="MultigetRow"/>.</summary>
    public static int MultigetLength(string table, string? column) => MultigetStart(table, column).Length;

    public static int MultigetRow(string row) => row.Length + "row=&".Length;

    /// <summary>A stateless scan of whole rows.</summary>
    public static string Scan(string table, string start, string end, int limit, string? column)
    {
        var path = $"/{Table(table)}/*?startrow={Uri.EscapeDataString(start)}&limit={limit.ToString(CultureInfo.InvariantCulture)}";
        if (end.Length > 0)
            path += $"&endrow={Uri.EscapeDataString(end)}";
        if (column is not null)
            path += $"&column={Column(column)}";
        return path;
    }

    /// <summary>A stateless scan of cells from a time on, older versions included.</summary>
    public static string ScanChanged(string table, string start, long sinceMs, int limit) =>
        $"{Scan(table, start, "", limit, column: null)}&starttime={sinceMs.ToString(CultureInfo.InvariantCulture)}&maxversions={StoreColumns.Versions.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>A column or family for a path: the colon stands for itself, a comma cannot be named.</summary>
    public static string Column(string column)
    {
        if (column.Contains(','))
            throw new ArgumentException("A column with a comma in its name cannot be named in a path.", nameof(column));
        return Uri.EscapeDataString(column).Replace("%3A", ":", StringComparison.Ordinal);
    }

    private static string MultigetStart(string table, string? column) =>
        column is null ? $"/{Table(table)}/multiget?" : $"/{Table(table)}/multiget/{Column(column)}?";

    private static string Table(string table) => Uri.EscapeDataString(table).Replace("%3A", ":", StringComparison.Ordinal);
}
