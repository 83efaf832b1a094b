using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MyriadSync.Contracts;
using MyriadSync.RxDb;

namespace MyriadSync.Triggers.Http;

/// <summary>
/// A stream of server-sent events, one a page of documents and never one without. It ends by itself before Azure cuts it; clients then open it again and
/// pull what they missed. What has no <c>data</c> is no event for a client, but moves the id that it comes back with.
/// </summary>
internal sealed class RxDbStreamResult(RxPuller puller, IChangeFeed feed, TimeProvider time, CancellationToken stopping) : IResult
{
    /// <summary>Azure's load balancer cuts an answer after 230 seconds.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(215);

    /// <summary>Something is sent at least this often, so that nobody on the way takes the stream for dead.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private const int PageDocuments = 100;
    private const int ReconnectMs = 1000;

    /// <summary>The dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>The store.</summary>
    public required string Store { get; init; }

    /// <summary>The app's schema version that documents are wanted in.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Where documents have their key.</summary>
    public required string PrimaryPath { get; init; }

    /// <summary>Where to begin.</summary>
    public required RxCheckpoint Start { get; init; }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        var begin = time.GetTimestamp();
        try
        {
            await SendAsync(response, $"retry: {ReconnectMs}\nid: {Start.Id}\n\n", ends.Token);
            for (var at = Start; time.GetElapsedTime(begin) is var gone && gone < Longest;)
            {
                var page = await puller.ReadAsync(Dataset, Store, SchemaVersion, at, PageDocuments, ends.Token);
                if (page.Problem is not null)
                    return;

                at = page.Checkpoint!;
                await SendAsync(response, page.Documents.Count > 0 ? $"data: {Json(page)}\nid: {at.Id}\n\n" : $"id: {at.Id}\n\n", ends.Token);
                if (page.AtEnd)
                    await feed.WaitAsync(Dataset, at.Cursor, Shorter(Heartbeat, Longest - gone), ends.Token);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The stream ends here, and the client's next one begins on another instance.
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private string Json(RxPage page)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
            json.WritePage(page, PrimaryPath);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static async Task SendAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
