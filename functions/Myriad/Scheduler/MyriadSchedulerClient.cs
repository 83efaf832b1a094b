using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using MyriadSync.Telemetry;

namespace MyriadSync.Myriad.Scheduler;

/// <summary>Reads <c>/api/state</c>: four lists of task ids, which are counted and forgotten.</summary>
internal sealed class MyriadSchedulerClient(HttpMessageHandler handler, SchedulerOptions options, TimeProvider time, ILogger<MyriadSchedulerClient> logger)
    : ISchedulerClient, IDisposable
{
    // Some 50,000 task ids.
    private const int MaxAnswerBytes = 4 * 1024 * 1024;

    // The scheduler refuses (406) an Accept that leaves out the type it has in mind.
    private static readonly MediaTypeWithQualityHeaderValue Anything = new("*/*");

    private readonly HttpClient _client = new(handler, disposeHandler: false) { MaxResponseContentBufferSize = MaxAnswerBytes, Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => _client.Dispose();

    public async Task<SchedulerHealth> CheckAsync(CancellationToken cancellationToken)
    {
        if (options.Endpoints.Count == 0)
            return new() { Status = SchedulerStatus.NotConfigured };

        var last = new SchedulerHealth { Status = SchedulerStatus.Unavailable };
        foreach (var endpoint in options.Endpoints)
        {
            last = await AskAsync(endpoint, cancellationToken);
            if (last.Status == SchedulerStatus.Answering)
                return last;
            Logs.SchedulerSilent(logger, endpoint.Authority, last.Reason ?? "");
        }

        return last;
    }

    private async Task<SchedulerHealth> AskAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        using var span = TelemetrySource.Activities.StartActivity("myriad state", ActivityKind.Client);
        span?.SetTag("server.address", endpoint.Authority);
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, endpoint.AbsoluteUri.TrimEnd('/') + "/api/state");
            request.Headers.Accept.Add(Anything);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            if (response.StatusCode != HttpStatusCode.OK)
                return Silent(span, $"HTTP {(int)response.StatusCode}");
            return Count(await response.Content.ReadAsByteArrayAsync(either.Token)) ?? Silent(span, "an answer that is no scheduler's state");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Silent(span, "no answer in time");
        }
        catch (HttpRequestException failure)
        {
            return Silent(span, $"{failure.HttpRequestError}");
        }
    }

    private static SchedulerHealth Silent(Activity? span, string reason)
    {
        span?.SetStatus(ActivityStatusCode.Error, reason);
        return new() { Status = SchedulerStatus.Unavailable, Reason = reason };
    }

    private static SchedulerHealth? Count(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var state = JsonDocument.Parse(body);
            return new()
            {
                Status = SchedulerStatus.Answering,
                Pending = state.RootElement.GetProperty("pendingTasks").GetArrayLength(),
                Staging = state.RootElement.GetProperty("stagingTasks").GetArrayLength(),
                Active = state.RootElement.GetProperty("activeTasks").GetArrayLength(),
                Killable = state.RootElement.GetProperty("killableTasks").GetArrayLength(),
            };
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
