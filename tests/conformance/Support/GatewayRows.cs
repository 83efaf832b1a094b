using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MyriadSync.ConformanceTests.Support;

/// <summary>Reads a table over REST in the plainest way, with nothing that the app reads with.</summary>
public static class GatewayRows
{
    private const int PageRows = 1000;

    /// <summary>The rows of a range of keys, in the order of their keys.</summary>
    /// <param name="gateway">An HBase REST gateway, real or emulated.</param>
    /// <param name="table">The table, with its namespace. It has to exist.</param>
    /// <param name="start">The first key; empty for the first of the table.</param>
    /// <param name="end">The key that is not in the range any more; empty for no end.</param>
    public static IReadOnlyList<GatewayRow> Read(Uri gateway, string table, string start = "", string end = "")
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var rows = new List<GatewayRow>();
        var from = Uri.EscapeDataString(start);
        while (true)
        {
            var page = Page(client, new Uri(gateway, $"/{table}/*?startrow={from}&endrow={Uri.EscapeDataString(end)}&limit={PageRows}"));
            rows.AddRange(page);
            if (page.Count < PageRows)
                return rows;
            from = Uri.EscapeDataString(page[^1].Key) + "%00";
        }
    }

    private static List<GatewayRow> Page(HttpClient client, Uri uri)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        using var response = client.Send(request);
        using var body = response.EnsureSuccessStatusCode().Content.ReadAsStream();
        using var json = JsonDocument.Parse(body);
        return [.. json.RootElement.GetProperty("Row").EnumerateArray().Select(row => new GatewayRow(Text(row.GetProperty("key")), Cells(row)))];
    }

    private static Dictionary<string, (long, byte[])> Cells(JsonElement row) => row.GetProperty("Cell").EnumerateArray()
        .GroupBy(cell => Text(cell.GetProperty("column")))
        .ToDictionary(column => column.Key, column => (column.First().GetProperty("timestamp").GetInt64(), column.First().GetProperty("$").GetBytesFromBase64()));

    private static string Text(JsonElement base64) => Encoding.UTF8.GetString(base64.GetBytesFromBase64());
}
