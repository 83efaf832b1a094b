using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using MyriadSync.Telemetry;

namespace MyriadSync.Myriad.Scheduler;

/// <summary>One request to one scheduler. Never sends anything twice: a flex call that is repeated flexes twice.</summary>
internal sealed class SchedulerHttp(HttpMessageHandler handler, TimeSpan timeout, TimeProvider time) : IDisposable
{
    // Some 50,000 task ids.
    private const int MaxAnswerBytes = 4 * 1024 * 1024;

    private const int MaxTextChars = 300;

    // The scheduler refuses (406) an Accept that leaves out the type it has in mind.
    private static readonly MediaTypeWithQualityHeaderValue Anything = new("*/*");

    private readonly HttpClient _client = new(handler, disposeHandler: false) { MaxResponseContentBufferSize = MaxAnswerBytes, Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => _client.Dispose();

    /// <summary>Reads a resource.</summary>
    public Task<SchedulerReply> GetAsync(Uri endpoint, string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, endpoint, path, null, cancellationToken);

    /// <summary>Sends a flex call.</summary>
    /// <param name="endpoint">Which scheduler.</param>
    /// <param name="path">The resource.</param>
    /// <param name="json">Exactly the members that it knows: one too many is a 500.</param>
    /// <param name="cancellationToken">Gives up waiting; what was sent may still be carried out.</param>
    public Task<SchedulerReply> PutAsync(Uri endpoint, string path, string json, CancellationToken cancellationToken) => SendAsync(HttpMethod.Put, endpoint, path, json, cancellationToken);

    private async Task<SchedulerReply> SendAsync(HttpMethod method, Uri endpoint, string path, string? json, CancellationToken cancellationToken)
    {
        using var span = TelemetrySource.Activities.StartActivity($"myriad {path}", ActivityKind.Client);
        span?.SetTag("server.address", endpoint.Authority);
        using var over = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(method, endpoint.AbsoluteUri.TrimEnd('/') + path);
            request.Headers.Accept.Add(Anything);
            request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            return await ReadAsync(response, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(span, SchedulerFault.Unknown, "no answer in time");
        }
        catch (HttpRequestException failure)
        {
            var notReached = failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
            return Failed(span, notReached ? SchedulerFault.NotReached : SchedulerFault.Unknown, notReached ? $"{failure.HttpRequestError}" : "the connection broke");
        }
    }

    /// <summary>Only the resource's own refusals and warnings are text; a page of the container says less than its status line.</summary>
    private static async Task<SchedulerReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var isText = response.Content.Headers.ContentType?.MediaType == "text/plain";
        var text = isText && body.Length > 0 ? Encoding.UTF8.GetString(body) : (int)response.StatusCode >= 300 ? response.ReasonPhrase ?? "" : "";
        var line = text.AsSpan().Trim();
        line = line.IndexOfAny('\r', '\n') is >= 0 and var end ? line[..end] : line;
        return new SchedulerReply { Status = (int)response.StatusCode, Body = body, Text = line.Length > MaxTextChars ? $"{line[..MaxTextChars]}…" : line.ToString() };
    }

    private static SchedulerReply Failed(Activity? span, SchedulerFault fault, string text)
    {
        span?.SetStatus(ActivityStatusCode.Error, text);
        return new SchedulerReply { Fault = fault, Text = text };
    }
}
