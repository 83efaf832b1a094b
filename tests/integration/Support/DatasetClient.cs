using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MyriadSync.Contracts;
using MyriadSync.DevStack;
using MyriadSync.DevStack.Tokens;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>One client of one dataset, over HTTP: it numbers its changes and its batches, keeps a clock that only moves forward, and holds no data.</summary>
internal sealed class DatasetClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _base;
    private long _lastAtMs;
    private int _counter;
    private int _batches;

    public DatasetClient(LocalStack stack, string dataset, string clientId = "c1", string sub = "ada", IReadOnlyList<string>? roles = null)
    {
        ClientId = clientId;
        _base = $"api/v1/datasets/{dataset}";
        _http = new HttpClient { BaseAddress = stack.BaseAddress, Timeout = TimeSpan.FromSeconds(120) };
        var token = stack.Tokens.Create(roles is null ? new DevTokenRequest { Sub = sub } : new DevTokenRequest { Sub = sub, Roles = roles });
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Its id.</summary>
    public string ClientId { get; }

    /// <summary>Seq of the change that it makes next.</summary>
    public long NextSeq { get; set; } = 1;

    /// <summary>How far its clock is off, ms.</summary>
    public long ClockOffMs { get; set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A put.</summary>
    public JsonObject Put(string store, JsonNode key, string value, long? on = null) => Change(store, key, "put", on, new() { ["value"] = JsonNode.Parse(value) });

    /// <summary>A patch; <paramref name="verbs"/> is JSON such as <c>{"set":{"/done":true}}</c>.</summary>
    public JsonObject Patch(string store, JsonNode key, string verbs, long? on = null) => Change(store, key, "patch", on, JsonNode.Parse(verbs)!.AsObject());

    /// <summary>A delete.</summary>
    public JsonObject Delete(string store, JsonNode key, long? on = null) => Change(store, key, "delete", on, []);

    /// <summary>A batch of such changes under an id of its own.</summary>
    public JsonObject Batch(IEnumerable<JsonObject> changes, bool atomic = false) => new()
    {
        ["schemaVersion"] = 1,
        ["clientId"] = ClientId,
        ["batchId"] = string.Create(CultureInfo.InvariantCulture, $"b{Interlocked.Increment(ref _batches)}"),
        ["atomic"] = atomic,
        ["changes"] = new JsonArray([.. changes]),
    };

    /// <summary>Pushes changes and waits until they are on the cluster.</summary>
    public Task<DatasetReply> PushAsync(params JsonObject[] changes) => SendAsync(Batch(changes));

    /// <summary>Pushes a batch, the same or another one.</summary>
    public Task<DatasetReply> SendAsync(JsonObject batch, string prefer = "wait=30") => RequestAsync(HttpMethod.Post, "/batches", batch, prefer);

    /// <summary>How a batch stands.</summary>
    public Task<DatasetReply> StatusAsync(JsonObject batch, string prefer = "wait=0") => RequestAsync(HttpMethod.Get, $"/batches/{ClientId}/{batch["batchId"]}", null, prefer);

    /// <summary>A page of changes after a cursor.</summary>
    public Task<DatasetReply> PullAsync(string? since = null, string more = "") => RequestAsync(HttpMethod.Get, $"/changes?{(since is null ? "" : "since=" + since)}{more}");

    /// <summary>Every change after a cursor, page by page.</summary>
    public async Task<List<JsonElement>> PullAllAsync(string? since = null, string more = "")
    {
        var changes = new List<JsonElement>();
        while (true)
        {
            var page = await PullAsync(since, more);
            Assert.Equal(200, page.Status);
            changes.AddRange(page.Json.GetProperty("changes").EnumerateArray());
            since = page.Json.GetProperty("cursor").GetString();
            if (!page.Json.GetProperty("more").GetBoolean())
                return changes;
        }
    }

    /// <summary>A page of the snapshot.</summary>
    public Task<DatasetReply> SnapshotAsync(string query = "") => RequestAsync(HttpMethod.Get, "/snapshot?" + query);

    /// <summary>The dataset's state.</summary>
    public Task<DatasetReply> DatasetAsync() => RequestAsync(HttpMethod.Get, "");

    /// <summary>Any GET below the dataset.</summary>
    public Task<DatasetReply> GetAsync(string path) => RequestAsync(HttpMethod.Get, path);

    /// <summary>Any POST below the dataset.</summary>
    public Task<DatasetReply> PostAsync(string path, JsonObject? body = null) => RequestAsync(HttpMethod.Post, path, body);

    /// <summary>One record.</summary>
    public Task<DatasetReply> RecordAsync(string store, JsonNode key) => RequestAsync(HttpMethod.Get, $"/records/{store}/{Uri.EscapeDataString(key.ToJsonString())}");

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private JsonObject Change(string store, JsonNode key, string op, long? on, JsonObject members)
    {
        members["seq"] = NextSeq++;
        members["store"] = store;
        members["key"] = key.DeepClone();
        members["op"] = op;
        members["at"] = NextAt();
        if (on is not null)
            members["base"] = on;
        return members;
    }

    private string NextAt()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + ClockOffMs;
        (_lastAtMs, _counter) = now > _lastAtMs ? (now, 0) : (_lastAtMs, _counter + 1);
        return HybridTime.FromMilliseconds(_lastAtMs, ClientId, _counter).ToString();
    }

    private async Task<DatasetReply> RequestAsync(HttpMethod method, string path, JsonObject? body = null, string? prefer = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_base + path, UriKind.Relative));
        if (prefer is not null)
            request.Headers.Add("Prefer", prefer);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        return new DatasetReply((int)response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text), response.Headers.RetryAfter?.Delta);
    }
}
