using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MyriadSync.Myriad.HBase;

/// <summary>Paths and queries of the gateway. Row keys are texts with a character for each byte.</summary>
internal static class GatewayPaths
{
    private const string InBase64 = "e=b64";

    public static string Schema(string table) => $"/{Table(table)}/schema";

    public static string Namespace(string name) => $"/namespaces/{Uri.EscapeDataString(name)}";

    /// <summary>The path of a bulk put: the keys in the body count, the one in the path does not.</summary>
    public static string Put(string table) => $"/{Table(table)}/bulk";

    public static string Delete(string table, string row, IEnumerable<string> columns, long timestamp)
    {
        var ts = timestamp.ToString(CultureInfo.InvariantCulture);
        // With base64, a delete's columns are base64 as well.
        return KeyForm.NeedsBase64(row)
            ? $"/{Table(table)}/{KeyForm.Base64(row)}/{string.Join(',', columns.Select(column => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(column))))}/{ts}?{InBase64}"
            : $"/{Table(table)}/{KeyForm.Percent(row)}/{string.Join(',', columns.Select(Column))}/{ts}";
    }

    /// <summary>Characters of a delete's row key and of one column, whichever form they take; never less than it takes.</summary>
    public static int DeleteRow(string row) => KeyForm.NeedsBase64(row) ? row.Length * 2 : KeyForm.Percent(row).Length;

    public static string Multiget(string table, string? column, IEnumerable<string> rows, bool inBase64 = false)
    {
        var path = new StringBuilder(MultigetStart(table, column));
        if (inBase64)
            path.Append(InBase64).Append('&');
        foreach (var row in rows)
            path.Append("row=").Append(inBase64 ? KeyForm.Base64(row) : KeyForm.PercentTwice(row)).Append('&');
        path.Length--;
        return path.ToString();
    }

    /// <summary>Characters of a multiget before its first row; each row takes <see cref="MultigetRow"/>.</summary>
    public static int MultigetLength(string table, string? column) => MultigetStart(table, column).Length + InBase64.Length + 1;

    /// <summary>Characters of a row in a multiget that need not be in base64.</summary>
    public static int MultigetRow(string row) => KeyForm.PercentTwice(row).Length + "row=&".Length;

    /// <summary>Characters of a row in a multiget in base64.</summary>
    public static int MultigetRowInBase64(string row) => (row.Length * 4 / 3) + 3 + "row=&".Length;

    /// <summary>A stateless scan of whole rows.</summary>
    public static string Scan(string table, string start, string end, int limit, string? column)
    {
        var path = $"/{Table(table)}/*?startrow={KeyForm.Percent(start)}&limit={limit.ToString(CultureInfo.InvariantCulture)}";
        if (end.Length > 0)
            path += $"&endrow={KeyForm.Percent(end)}";
        if (column is not null)
            path += $"&column={Column(column)}";
        return path;
    }

    /// <summary>A stateless scan of cells from a time on, older versions included.</summary>
    public static string ScanChanged(string table, string start, long sinceMs, int limit) =>
        $"{Scan(table, start, "", limit, column: null)}&starttime={sinceMs.ToString(CultureInfo.InvariantCulture)}&maxversions={StoreColumns.Versions.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Where scanners are made, and one of them.</summary>
    public static string Scanner(string table, string? id = null) => id is null ? $"/{Table(table)}/scanner" : $"/{Table(table)}/scanner/{Uri.EscapeDataString(id)}";

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
