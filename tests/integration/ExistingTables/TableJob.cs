using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.ExistingTables;

/// <summary>Somebody whose table was there first. Plain REST over HBase: it knows its rows and families, and nothing of sync.</summary>
internal sealed class TableJob(Uri gateway, string table) : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Creates the table, with attributes that nobody else would give it.</summary>
    public async Task CreateAsync(params string[] families)
    {
        // 403 says that it is there.
        using var made = await _http.PostAsync(At($"namespaces/{table.Split(':')[0]}"), null, Cancel);
        var schema = new JsonObject
        {
            ["name"] = table,
            ["ColumnSchema"] = new JsonArray([.. families.Select(family => new JsonObject { ["name"] = family, ["VERSIONS"] = "7", ["TTL"] = "8640000" })]),
        };
        using var response = await _http.PostAsync(At($"{table}/schema"), JsonContent.Create(schema), Cancel);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The table's families with the attributes that <see cref="CreateAsync"/> gave them; null: there is no table.</summary>
    public async Task<string?> FamiliesAsync()
    {
        var schema = await GetAsync($"{table}/schema");
        return schema is null ? null : string.Join(' ', schema["ColumnSchema"]!.AsArray().Select(family => $"{family!["name"]}:{family["VERSIONS"]}:{family["TTL"]}").Order(StringComparer.Ordinal));
    }

    /// <summary>Puts cells, <c>cf:name</c> and their bytes, at a time (ms); null: the region server's.</summary>
    public async Task PutAsync(byte[] row, long? timestamp, params (string Column, byte[] Value)[] cells)
    {
        var body = new JsonObject
        {
            ["Row"] = new JsonArray(new JsonObject { ["key"] = Convert.ToBase64String(row), ["Cell"] = new JsonArray([.. cells.Select(cell => Cell(cell.Column, cell.Value, timestamp))]) }),
        };
        using var response = await _http.PutAsync(At($"{table}/row"), JsonContent.Create(body), Cancel);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Every version of every cell of every row that is not in a family of the sync's, <c>row column@timestamp=value</c> in hexadecimal but for columns.</summary>
    public async Task<IReadOnlyList<string>> CellsAsync(string syncFamily = "sync")
    {
        var rows = await GetAsync($"{table}/*?maxversions=10");
        return [.. rows!["Row"]!.AsArray().SelectMany(row => row!["Cell"]!.AsArray().Select(cell => (Row: Hex(row["key"]), Column: Encoding.UTF8.GetString(Bytes(cell!["column"])), Text:
            $"@{cell["timestamp"]!.ToJsonString()}={Hex(cell["$"])}")))
            .Where(cell => !cell.Column.StartsWith(syncFamily + ":", StringComparison.Ordinal))
            .Select(cell => $"{cell.Row} {cell.Column}{cell.Text}")];
    }

    /// <summary>The newest cells of a row, <c>column=value</c>.</summary>
    public async Task<string> RowAsync(byte[] row, string syncFamily = "sync")
    {
        var cells = (await CellsAsync(syncFamily)).Where(cell => cell.StartsWith(Convert.ToHexString(row) + " ", StringComparison.Ordinal)).Select(cell => cell.Split(' ')[1]);
        return string.Join(' ', cells.GroupBy(cell => cell.Split('@')[0]).Select(column => $"{column.Key}={column.First().Split('=')[1]}"));
    }

    /// <summary>Drops the table, and the one beside it.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var name in new[] { table, BesideOf(table) })
        {
            // Not every test has both.
            using var dropped = await _http.DeleteAsync(At($"{name}/schema"), CancellationToken.None);
        }

        _http.Dispose();
    }

    /// <summary>What tests call the table for sync's notes.</summary>
    public static string BesideOf(string table) => table + "-sync";

    /// <summary>Null: it is not there.</summary>
    private async Task<JsonNode?> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At(path));
        request.Headers.Add("Accept", "application/json");
        using var response = await _http.SendAsync(request, Cancel);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonNode>(Cancel);
    }

    // Written out: what stands before the colon of a table's name would be taken for a scheme.
    private Uri At(string path) => new($"{gateway.GetLeftPart(UriPartial.Authority)}/{path}");

    private static JsonObject Cell(string column, byte[] value, long? timestamp)
    {
        var cell = new JsonObject { ["column"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(column)), ["$"] = Convert.ToBase64String(value) };
        if (timestamp is { } at)
            cell["timestamp"] = at;
        return cell;
    }

    private static byte[] Bytes(JsonNode? base64) => Convert.FromBase64String((string)base64!);

    private static string Hex(JsonNode? base64) => Convert.ToHexString(Bytes(base64));
}
