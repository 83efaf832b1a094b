using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MyriadSync.DevStack;
using MyriadSync.DevStack.Tokens;

namespace MyriadSync.ReliabilityTests.Load;

/// <summary>
/// Requests to a service that may be gone at any moment. What a client has to expect (a lost connection, 503) comes back as null: try again. Anything
/// else that is no answer to the question ends the test.
/// </summary>
public sealed class ServiceWire : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly HttpClient _http;
    private readonly Tally _tally;

    public ServiceWire(LocalStack stack, string dataset, string sub, Tally tally)
    {
        _tally = tally;
        _http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip }) { BaseAddress = new Uri(stack.BaseAddress, $"api/v1/datasets/{dataset}/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", stack.Tokens.Create(new DevTokenRequest { Sub = sub }));
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends until an answer comes.</summary>
    public async Task<ServiceAnswer> InsistAsync(HttpMethod method, string path, string? body, string? prefer, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TryAsync(method, path, body, prefer, cancellationToken) is { } answer)
                return answer;
        }
    }

    /// <summary>Sends once; null: nobody answered, or somebody who cannot help now.</summary>
    public async Task<ServiceAnswer?> TryAsync(HttpMethod method, string path, string? body, string? prefer, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.RelativeOrAbsolute));
            if (body is not null)
                request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
            if (prefer is not null)
                request.Headers.Add("Prefer", prefer);
            using var response = await _http.SendAsync(request, cancellationToken);
            var node = await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken) ?? throw new InvalidDataException($"{method} {path}: {response.StatusCode} without a body.");
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted)
                return new ServiceAnswer(response.StatusCode, response.Headers.Location, node);
            _tally.Add(((string?)node["type"])?.Split('/')[^1] switch
            {
                "storage-unavailable" => Happening.StorageUnavailable,
                "cluster-unavailable" => Happening.ClusterUnavailable,
                _ => throw new InvalidDataException($"{method} {path}: {response.StatusCode} {node.ToJsonString()} for {body}"),
            });
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            _tally.Add(Happening.ConnectionLost);
        }

        await Task.Delay(Pause, cancellationToken);
        return null;
    }
}
