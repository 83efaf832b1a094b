using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace MyriadSync.ConformanceTests.Gateways;

/// <summary>Plain HTTP to a gateway; paths go out exactly as they are given.</summary>
public sealed class GatewayClient(Uri address) : IDisposable
{
    private static readonly UriCreationOptions AsGiven = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly HttpClient _http = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, UseProxy = false })
    {
        Timeout = TimeSpan.FromMinutes(1),
    };

    public Task<Reply> GetAsync(string path, string? accept = "application/json") => SendAsync(new HttpRequestMessage(HttpMethod.Get, Url(path)), accept);

    public Task<Reply> DeleteAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Delete, Url(path)));

    public Task<Reply> PutAsync(string path, string json) => SendAsync(HttpMethod.Put, path, json);

    public Task<Reply> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, json);

    public Task<Reply> SendAsync(HttpMethod method, string path, string json, string contentType = "application/json") => SendAsync(
        new HttpRequestMessage(method, Url(path)) { Content = new StringContent(json, Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } } });

    public async Task<Reply> SendAsync(HttpRequestMessage request, string? accept = "application/json")
    {
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return new Reply(response.StatusCode, response.Content.Headers.ContentType?.ToString() ?? "", Encoding.UTF8.GetString(body), response);
    }

    public Uri Url(string path) => new(address.GetLeftPart(UriPartial.Authority) + path, AsGiven);

    public void Dispose() => _http.Dispose();
}
