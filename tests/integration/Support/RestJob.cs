using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>A job that speaks HBase REST as anybody would: by default its cells have the region server's time.</summary>
/// <param name="gateway">The gateway.</param>
/// <param name="dataset">Whose rows it writes.</param>
/// <param name="table">The table that they lie in.</param>
internal sealed class RestJob(Uri gateway, string dataset, string table = TableMapOptions.DefaultTable) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = gateway };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Puts cells of a row, <c>d:title</c> and its text.</summary>
    public Task PutAsync(string store, string key, params (string Column, string Value)[] cells) => PutAsync(store, key, null, cells);

    /// <summary>Puts cells of a row at a time (ms).</summary>
    public Task PutAsync(string store, string key, long? timestamp, params (string Column, string Value)[] cells) => PutAsync([Row(store, key, timestamp, cells)]);

    /// <summary>Puts many rows.</summary>
    public async Task PutAsync(IEnumerable<JsonObject> rows)
    {
        using var response = await _http.PutAsync(new Uri(Path("bulk"), UriKind.Relative), JsonContent.Create(new JsonObject { ["Row"] = new JsonArray([.. rows]) }), Cancel);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>A row for <see cref="PutAsync(IEnumerable{JsonObject})"/>.</summary>
    public JsonObject Row(string store, string key, long? timestamp, params (string Column, string Value)[] cells) => new()
    {
        ["key"] = Base64(Keys.Row(dataset, key, store)),
        ["Cell"] = new JsonArray([.. cells.Select(cell => Cell(cell.Column, cell.Value, timestamp))]),
    };

    /// <summary>Deletes a row, or a family or column of it, as of now by the region server's clock.</summary>
    public async Task DeleteAsync(string store, string key, string? target = null)
    {
        using var response = await _http.DeleteAsync(new Uri(Path(Keys.Row(dataset, key, store)) + (target is null ? "" : "/" + target), UriKind.Relative), Cancel);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The newest cells of a row as text, by column; empty: there is no row.</summary>
    public async Task<IReadOnlyDictionary<string, (string Value, long Timestamp)>> ReadAsync(string store, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path(Keys.Row(dataset, key, store)));
        request.Headers.Add("Accept", "application/json");
        using var response = await _http.SendAsync(request, Cancel);
        if (!response.IsSuccessStatusCode)
            return new Dictionary<string, (string, long)>();
        var row = await response.Content.ReadFromJsonAsync<JsonNode>(Cancel);
        return row!["Row"]![0]!["Cell"]!.AsArray().ToDictionary(
            cell => Encoding.UTF8.GetString(Convert.FromBase64String((string)cell!["column"]!)),
            cell => (Encoding.UTF8.GetString(Convert.FromBase64String((string)cell!["$"]!)), (long)cell["timestamp"]!));
    }

    /// <summary>The record's fields in the row, <c>d:a=1 d:b=2</c>.</summary>
    public async Task<string> FieldsAsync(string store, string key) => string.Join(' ', (await ReadAsync(store, key))
        .Where(cell => cell.Key.StartsWith("d:", StringComparison.Ordinal))
        .OrderBy(cell => cell.Key, StringComparer.Ordinal)
        .Select(cell => string.Create(CultureInfo.InvariantCulture, $"{cell.Key}={cell.Value.Value}")));

    public void Dispose() => _http.Dispose();

    private string Path(string row) => $"{Uri.EscapeDataString(table)}/{row}";

    private static JsonObject Cell(string column, string value, long? timestamp)
    {
        var cell = new JsonObject { ["column"] = Base64(column), ["$"] = Base64(value) };
        if (timestamp is { } at)
            cell["timestamp"] = at;
        return cell;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
