using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace MyriadSync.Benchmarks.Load;

/// <summary>Reads the records' rows straight from the gateway, as a job on the cluster would.</summary>
internal static class HBaseRows
{
    private const int PageRows = 2000;

    /// <summary>Fields (name to JSON text) by key.</summary>
    public static async Task<Dictionary<int, Dictionary<string, string>>> ReadAsync(Uri gateway, string dataset, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = gateway, Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var rows = new Dictionary<int, Dictionary<string, string>>();
        var prefix = $"{dataset}~{LoadCommand.Store}~";
        for (var start = prefix; ;)
        {
            var page = await http.GetFromJsonAsync<JsonElement>($"/myriadsync:records/*?startrow={start}&endrow={dataset}~{LoadCommand.Store}%7F&limit={PageRows}&column=d", cancellationToken);
            var found = page.GetProperty("Row").EnumerateArray().ToList();
            foreach (var row in found)
            {
                var key = Text(row.GetProperty("key"));
                start = key + "-";
                rows[Number(key[prefix.Length..])] = row.GetProperty("Cell").EnumerateArray()
                    .ToDictionary(cell => Text(cell.GetProperty("column"))["d:".Length..], cell => Text(cell.GetProperty("$")));
            }

            if (found.Count == 0)
            {
                return rows;
            }
        }
    }

    /// <summary>Undoes the order-preserving form of a positive number's key (docs/API.md, Keys).</summary>
    private static int Number(string encoded) =>
        (int)BitConverter.Int64BitsToDouble(long.Parse(encoded.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture) ^ long.MinValue);

    private static string Text(JsonElement base64) => Encoding.UTF8.GetString(base64.GetBytesFromBase64());
}
