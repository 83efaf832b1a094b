using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace MyriadSync.Benchmarks.Load;

/// <summary>The wire, as a client speaks it.</summary>
internal sealed class Wire(Uri address, string token, string dataset) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.GZip })
    {
        BaseAddress = new Uri(address, $"api/v1/datasets/{dataset}/"),
        Timeout = TimeSpan.FromMinutes(5),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    /// <summary>Pushes puts of new records and returns the answer's status, <c>applied</c> or what else it is.</summary>
    public async Task<string> PushAsync(string clientId, int batch, long firstSeq, IReadOnlyList<(int Key, JsonElement Value)> records, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(Body(clientId, batch, firstSeq, records)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "batches") { Content = content, Headers = { { "Prefer", "wait=30" } } };
        using var response = await _http.SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return response.IsSuccessStatusCode ? answer.GetProperty("status").GetString()! : throw new InvalidOperationException(answer.ToString());
    }

    /// <summary>A page of changes.</summary>
    public async Task<JsonElement> PullAsync(string? since, CancellationToken cancellationToken) =>
        await _http.GetFromJsonAsync<JsonElement>("changes?limit=1000" + (since is null ? "" : "&since=" + since), cancellationToken);

    /// <summary>A page of the records as they stand.</summary>
    public async Task<JsonElement> SnapshotAsync(string? page, CancellationToken cancellationToken) =>
        await _http.GetFromJsonAsync<JsonElement>("snapshot?limit=1000" + (page is null ? "" : "&page=" + page), cancellationToken);

    /// <summary>Waits until what was pushed is on the cluster too.</summary>
    public async Task AppliedAsync(CancellationToken cancellationToken)
    {
        for (var info = await InfoAsync(cancellationToken); info.GetProperty("applied").GetInt64() < info.GetProperty("head").GetInt64(); info = await InfoAsync(cancellationToken))
        {
            await Task.Delay(100, cancellationToken);
        }
    }

    /// <summary>How the dataset stands.</summary>
    public async Task<JsonElement> InfoAsync(CancellationToken cancellationToken) => await _http.GetFromJsonAsync<JsonElement>("", cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static byte[] Body(string clientId, int batch, long firstSeq, IReadOnlyList<(int Key, JsonElement Value)> records)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 1);
            json.WriteString("clientId", clientId);
            json.WriteString("batchId", string.Create(CultureInfo.InvariantCulture, $"b{batch}"));
            json.WriteStartArray("changes");
            for (var i = 0; i < records.Count; i++)
            {
                json.WriteStartObject();
                json.WriteNumber("seq", firstSeq + i);
                json.WriteString("store", LoadCommand.Store);
                json.WriteNumber("key", records[i].Key);
                json.WriteString("op", "put");
                json.WritePropertyName("value");
                records[i].Value.WriteTo(json);
                json.WriteString("at", Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{now:x12}{i:x4}{clientId}")));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
