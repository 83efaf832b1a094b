using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using MyriadSync.DevStack;
using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Mapping;

/// <summary>A job: it knows the HBase REST gateway and a row key, and nothing of ours.</summary>
internal sealed class JobOnCluster(LocalStack stack, string dataset) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = stack.HBaseAddress };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The row's columns with their cells as hex, family <c>m</c> left aside.</summary>
    public async Task<string> RowAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(key));
        request.Headers.Add("Accept", "application/json");
        using var response = await _http.SendAsync(request, Cancel);
        if (!response.IsSuccessStatusCode)
            return "";
        var row = await response.Content.ReadFromJsonAsync<JsonNode>(Cancel);
        return string.Join(' ', row!["Row"]![0]!["Cell"]!.AsArray()
            .Select(cell => (Column: Encoding.UTF8.GetString(Convert.FromBase64String((string)cell!["column"]!)), Value: Convert.ToHexString(Convert.FromBase64String((string)cell["$"]!))))
            .Where(cell => !cell.Column.StartsWith("m:", StringComparison.Ordinal))
            .Select(cell => $"{cell.Column}={cell.Value}"));
    }

    /// <summary>Puts cells with the region server's time.</summary>
    public async Task PutAsync(string key, params IReadOnlyList<(string Column, byte[] Value)> cells)
    {
        var row = new JsonObject
        {
            ["Row"] = new JsonArray(new JsonObject
            {
                ["key"] = Base64(Encoding.UTF8.GetBytes(Keys.Row(dataset, key, "cities"))),
                ["Cell"] = new JsonArray([.. cells.Select(cell => new JsonObject { ["column"] = Base64(Encoding.UTF8.GetBytes(cell.Column)), ["$"] = Base64(cell.Value) })]),
            }),
        };
        using var response = await _http.PutAsync(Address(key), JsonContent.Create(row), Cancel);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();

    private Uri Address(string key) => new($"{Uri.EscapeDataString(TableMapOptions.DefaultTable)}/{Keys.Row(dataset, key, "cities")}", UriKind.Relative);

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);
}
