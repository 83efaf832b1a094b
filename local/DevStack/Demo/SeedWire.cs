using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MyriadSync.DevStack.Azurite;
using MyriadSync.DevStack.Tokens;

namespace MyriadSync.DevStack.Demo;

/// <summary>The wire to one dataset, as far as seeding needs it.</summary>
internal sealed class SeedWire : IDisposable
{
    /// <summary>Changes in a batch; as many as the server takes.</summary>
    public const int BatchChanges = 1000;

    // Long past, so that whatever a person does is later. The same at each try: a repeated batch must be the same, to the byte.
    private const string At = "019a00000000";

    private readonly HttpClient _http;

    public SeedWire(LocalStack stack, string dataset) => _http = new HttpClient
    {
        BaseAddress = new Uri(stack.BaseAddress, $"api/v1/datasets/{dataset}/"),
        DefaultRequestHeaders =
        {
            Authorization = new AuthenticationHeaderValue("Bearer", stack.Tokens.Create(new DevTokenRequest { Sub = "demo-seed", Roles = ["read", "write"], Datasets = [dataset] })),
        },
    };

    /// <summary>A put of a new record; its seq and clock follow from its place in the batch.</summary>
    public static JsonObject Put(string store, JsonNode key, JsonNode value) => new() { ["store"] = store, ["key"] = key, ["op"] = "put", ["value"] = value };

    /// <summary>The last seq of the dataset's log.</summary>
    public async Task<long> HeadAsync(CancellationToken cancellationToken) =>
        (await _http.GetFromJsonAsync<JsonObject>("", cancellationToken))!["head"]!.GetValue<long>();

    /// <summary>Sends a batch until it is settled; sending the same again is always safe.</summary>
    /// <returns>The seq that the server expects next: that of an earlier change where some are missing.</returns>
    /// <param name="clientId">Whose batch it is; all of one client's but the last have <see cref="BatchChanges"/> changes.</param>
    /// <param name="batch">Counts from 1.</param>
    /// <param name="changes">Made by <see cref="Put"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="LocalStackException">The server does not take it.</exception>
    public async Task<long> PushAsync(string clientId, int batch, IReadOnlyList<JsonObject> changes, CancellationToken cancellationToken)
    {
        var first = ((batch - 1L) * BatchChanges) + 1;
        for (var i = 0; i < changes.Count; i++)
        {
            changes[i]["seq"] = first + i;
            changes[i]["at"] = string.Create(CultureInfo.InvariantCulture, $"{At}{i:x4}{clientId}");
        }

        var body = new JsonObject { ["schemaVersion"] = 1, ["clientId"] = clientId, ["batchId"] = string.Create(CultureInfo.InvariantCulture, $"b{batch}"), ["changes"] = new JsonArray([.. changes]) };
        var bytes = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());
        while (true)
        {
            using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var request = new HttpRequestMessage(HttpMethod.Post, "batches") { Content = content, Headers = { { "Prefer", "wait=30" } } };
            using var response = await _http.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
                return first + changes.Count;
            if (response.StatusCode == HttpStatusCode.Accepted)
                continue;

            var problem = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.StatusCode == HttpStatusCode.Conflict && JsonNode.Parse(problem)?["expectedSeq"] is { } expected
                ? expected.GetValue<long>()
                : throw new LocalStackException($"The function app answered {(int)response.StatusCode} {problem}");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();
}
