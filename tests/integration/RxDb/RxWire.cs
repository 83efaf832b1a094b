using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MyriadSync.DevStack;
using MyriadSync.DevStack.Tokens;

namespace MyriadSync.IntegrationTests.RxDb;

/// <summary>RxDB's three requests as plain HTTP, for one store.</summary>
internal sealed class RxWire : IDisposable
{
    private readonly HttpClient _http;

    public RxWire(LocalStack stack, string dataset, string store = "todos", string sub = "ada", int version = 1)
    {
        _http = new HttpClient { BaseAddress = new Uri(stack.BaseAddress, $"api/v1/datasets/{dataset}/rxdb/{store}/{version}/"), Timeout = TimeSpan.FromMinutes(2) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", stack.Tokens.Create(new DevTokenRequest { Sub = sub }));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A document of the tests.</summary>
    public static JsonObject Doc(string id, string title, bool deleted = false) => new() { ["id"] = id, ["title"] = title, ["_deleted"] = deleted };

    /// <summary>A row of a push.</summary>
    public static JsonObject Row(JsonObject? assumed, JsonObject now)
    {
        var row = new JsonObject { ["newDocumentState"] = now.DeepClone() };
        if (assumed is not null)
            row["assumedMasterState"] = assumed.DeepClone();
        return row;
    }

    /// <summary>Pushes rows that must be taken; the conflicts.</summary>
    public async Task<JsonArray> PushAsync(params JsonNode[] rows)
    {
        var (status, body) = await SendAsync(HttpMethod.Post, "push", new JsonArray(rows).ToJsonString());
        Assert.True(status == HttpStatusCode.OK, body);
        return JsonNode.Parse(body)!.AsArray();
    }

    /// <summary>Pulls a page that must be there.</summary>
    public async Task<(JsonArray Documents, JsonNode Checkpoint)> PullAsync(JsonNode? checkpoint, int limit = 100)
    {
        var (status, body) = await SendAsync(HttpMethod.Get, Address(checkpoint, limit));
        Assert.True(status == HttpStatusCode.OK, body);
        var page = JsonNode.Parse(body)!;
        return (page["documents"]!.AsArray(), page["checkpoint"]!);
    }

    /// <summary>Pulls as RxDB does, until a page is shorter than asked for.</summary>
    public async Task<Dictionary<string, JsonNode>> PullAllAsync(int limit = 100)
    {
        var documents = new Dictionary<string, JsonNode>();
        JsonNode? checkpoint = null;
        while (true)
        {
            var page = await PullAsync(checkpoint, limit);
            foreach (var document in page.Documents)
                documents[(string)document!["id"]!] = document;
            if (page.Documents.Count < limit)
                return documents;
            checkpoint = page.Checkpoint;
        }
    }

    /// <summary>Any request.</summary>
    public async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var response = await OpenAsync(method, path, body);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>Any request, its answer not read yet.</summary>
    public async Task<HttpResponseMessage> OpenAsync(HttpMethod method, string path, string? body = null, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }

    public void Dispose() => _http.Dispose();

    private static string Address(JsonNode? checkpoint, int limit) =>
        $"pull?lwt={checkpoint?["lwt"] ?? 0}&id={Uri.EscapeDataString((string?)checkpoint?["id"] ?? "")}&limit={limit}";
}
