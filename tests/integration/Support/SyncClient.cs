using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MyriadSync.DevStack;
using MyriadSync.DevStack.Tokens;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>A client as plain as can be: it counts its changes and follows cursors. For single requests take <see cref="Http"/>.</summary>
public sealed class SyncClient : IDisposable
{
    private static int _names;
    private readonly TimeProvider _time = TimeProvider.System;

    public SyncClient(LocalStack stack, string dataset, string? clientId = null, DevTokenRequest? token = null)
    {
        (Dataset, ClientId) = (dataset, clientId ?? Unique("client"));
        Http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip }) { BaseAddress = new Uri(stack.BaseAddress, $"api/v1/datasets/{dataset}/") };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", stack.Tokens.Create(token ?? new DevTokenRequest()));
    }

    /// <summary>Requests relative to the dataset, with the token.</summary>
    public HttpClient Http { get; }

    public string Dataset { get; }

    public string ClientId { get; }

    /// <summary>Seq of the next change.</summary>
    public long NextSeq { get; set; } = 1;

    /// <summary>Where the last pull or snapshot ended.</summary>
    public string? Cursor { get; set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A name that no other test uses.</summary>
    public static string Unique(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{Environment.ProcessId}-{Interlocked.Increment(ref _names)}");

    /// <summary>A batch of the next changes; sending it is another matter.</summary>
    public JsonObject Batch(params IReadOnlyList<JsonObject> changes)
    {
        foreach (var change in changes)
        {
            change["seq"] ??= NextSeq++;
            change["at"] ??= Clock();
        }

        return new JsonObject { ["schemaVersion"] = 1, ["clientId"] = ClientId, ["batchId"] = Unique("batch"), ["changes"] = new JsonArray([.. changes]) };
    }

    /// <summary>Pushes the next changes as one batch and waits until it is applied.</summary>
    public Task<PushAnswer> PushAsync(params IReadOnlyList<JsonObject> changes) => SendAsync(Batch(changes));

    /// <summary>Sends a batch.</summary>
    public async Task<PushAnswer> SendAsync(JsonObject batch, string prefer = "wait=30")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "batches") { Content = JsonContent.Create(batch) };
        request.Headers.Add("Prefer", prefer);
        using var response = await Http.SendAsync(request, Cancel);
        return new PushAnswer(response.StatusCode, await BodyAsync(response));
    }

    /// <summary>How a batch stands.</summary>
    public async Task<PushAnswer> StatusAsync(string batchId)
    {
        using var response = await Http.GetAsync(new Uri($"batches/{ClientId}/{batchId}", UriKind.Relative), Cancel);
        return new PushAnswer(response.StatusCode, await BodyAsync(response));
    }

    /// <summary>Pulls from <see cref="Cursor"/> to the end.</summary>
    public async Task<IReadOnlyList<JsonNode>> PullAsync(int limit = 1000)
    {
        var changes = new List<JsonNode>();
        JsonNode page;
        do
        {
            page = await GetAsync($"changes?limit={limit}" + (Cursor is null ? "" : $"&since={Cursor}"));
            changes.AddRange(page["changes"]!.AsArray().Select(change => change!));
            Cursor = (string?)page["cursor"];
        }
        while ((bool)page["more"]!);
        return changes;
    }

    /// <summary>Loads the whole snapshot; <see cref="Cursor"/> is then where to pull from.</summary>
    public async Task<IReadOnlyList<JsonNode>> SnapshotAsync(int limit = 1000)
    {
        var records = new List<JsonNode>();
        string? next = null;
        do
        {
            var page = await GetAsync($"snapshot?limit={limit}" + (next is null ? "" : $"&page={next}"));
            records.AddRange(page["records"]!.AsArray().Select(record => record!));
            Cursor = (string?)page["cursor"];
            next = (string?)page["nextPage"];
        }
        while (next is not null);
        return records;
    }

    /// <summary>Reads something of the dataset that must be there.</summary>
    public async Task<JsonNode> GetAsync(string path)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        var body = await BodyAsync(response);
        // Written out for a failure only: what clients may store, a lone surrogate for one, JsonNode cannot always write.
        if (!response.IsSuccessStatusCode)
            Assert.Fail($"GET {path}: {body.ToJsonString()}");
        return body;
    }

    public void Dispose() => Http.Dispose();

    private string Clock() => string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow().ToUnixTimeMilliseconds():x12}{0:x4}{ClientId}");

    private static async Task<JsonNode> BodyAsync(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonNode>(Cancel) ?? throw new InvalidOperationException($"{(int)response.StatusCode} without a body.");
}
