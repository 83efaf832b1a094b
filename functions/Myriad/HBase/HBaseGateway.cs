using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using MyriadSync.Telemetry;

namespace MyriadSync.Myriad.HBase;

/// <summary>
/// The gateways as one: sends a request to the next of them, and on to another one when that fails at once. Writes are sent again without
/// a thought: their timestamps are ours.
/// </summary>
internal sealed class HBaseGateway(HttpMessageHandler handler, HBaseOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly GatewayHttp _http = new(handler, options, time);
    private readonly SemaphoreSlim _slots = new(options.MaxParallelRequests);

    /// <summary>The gateways and how they are doing.</summary>
    public GatewayPool Pool { get; } = new(options.Endpoints, time);

    public void Dispose()
    {
        _http.Dispose();
        _slots.Dispose();
    }

    /// <summary>Sends a request whose answer is only its status.</summary>
    public Task<GatewayReply<bool>> SendAsync(GatewayRequest request, CancellationToken cancellationToken) =>
        SendAsync(request, static _ => true, cancellationToken);

    /// <summary>Sends a request and reads its answer.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<GatewayReply<T>> SendAsync<T>(GatewayRequest request, BodyParser<T> parse, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            var started = time.GetTimestamp();
            List<GatewayEndpoint> tried = [];
            GatewayReply<T> reply = new(ReplyKind.Transient, "no gateway");
            while (Next(request, tried) is { } endpoint)
            {
                reply = await AttemptAsync(endpoint, request, parse, cancellationToken);
                // Whoever has waited once for nothing gets the answer now: a slow cluster is slow behind every gateway.
                if (reply.Kind != ReplyKind.Transient || time.GetElapsedTime(started) >= options.Timeout / 2)
                    break;
                tried.Add(endpoint);
            }

            return reply;
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>
    /// Whether this gateway takes row keys in base64, as from HBase 2.6 on. An older one takes the base64 for the key itself, and finds or deletes another row:
    /// while the version is not known, it does not.
    /// </summary>
    public async Task<bool> TakesBase64Async(GatewayEndpoint endpoint, CancellationToken cancellationToken) => !await HidesFailedRowsAsync(endpoint, cancellationToken);

    /// <summary>
    /// Whether rows missing from this gateway's multigets may be rows that it failed to read, as before HBase 2.6. While its version is not
    /// known, they may be.
    /// </summary>
    public async Task<bool> HidesFailedRowsAsync(GatewayEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (endpoint.Version is { } known)
            return HidesFailedRows(known);

        var request = new GatewayRequest { Method = HttpMethod.Get, Path = "/version", Operation = "version" };
        var (_, reply) = await _http.ExchangeAsync(endpoint, request, VersionOf, cancellationToken);
        if (reply is not { Kind: ReplyKind.Ok, Value: { } version })
            return true;

        endpoint.Version = version;
        var hides = HidesFailedRows(version);
        if (hides)
            Logs.HidesFailedRows(logger, endpoint.Authority, version);
        return hides;
    }

    private static bool HidesFailedRows(string version) => !Version.TryParse(version.Split('-')[0], out var parsed) || parsed < new Version(2, 6);

    private GatewayEndpoint? Next(GatewayRequest request, List<GatewayEndpoint> tried) =>
        request.Only is { } only ? tried.Count == 0 ? only : null : Pool.Next(tried);

    private async Task<GatewayReply<T>> AttemptAsync<T>(GatewayEndpoint endpoint, GatewayRequest request, BodyParser<T> parse, CancellationToken cancellationToken)
    {
        using var span = StartSpan(endpoint, request);
        try
        {
            var (status, reply) = request.NeedsBase64 && !await TakesBase64Async(endpoint, cancellationToken)
                ? (0, new GatewayReply<T>(ReplyKind.Foreign, "the gateway is older than HBase 2.6 and cannot name row keys that are no plain text"))
                : await _http.ExchangeAsync(endpoint, request, parse, cancellationToken);
            Note(span, status, reply.Kind, reply.Reason);
            Report(endpoint, request, reply.Kind, reply.Reason);
            return reply with { Endpoint = endpoint };
        }
        catch (OperationCanceledException)
        {
            Pool.Released(endpoint);
            throw;
        }
    }

    private void Report(GatewayEndpoint endpoint, GatewayRequest request, ReplyKind kind, string? reason)
    {
        if (kind == ReplyKind.Transient)
        {
            if (Pool.Failed(endpoint))
                Logs.EndpointLeftOut(logger, endpoint.Authority, reason ?? "");
            return;
        }

        if (Pool.Answered(endpoint))
            Logs.EndpointBack(logger, endpoint.Authority);
        if (kind == ReplyKind.Unauthorized)
            Logs.Unauthorized(logger, endpoint.Authority, request.Operation, request.Table, reason ?? "");
        else if (kind == ReplyKind.Foreign)
            Logs.Misconfigured(logger, endpoint.Authority, request.Operation, request.Table, reason ?? "");
    }

    private static Activity? StartSpan(GatewayEndpoint endpoint, GatewayRequest request)
    {
        var span = TelemetrySource.Activities.StartActivity($"hbase {request.Operation}", ActivityKind.Client);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("db.system.name", "hbase").SetTag("db.operation.name", request.Operation).SetTag("server.address", endpoint.Authority);
            if (request.Table is not null)
                span.SetTag("db.collection.name", request.Table);
            if (request.Rows > 0)
                span.SetTag("db.operation.batch.size", request.Rows);
        }

        return span;
    }

    private static void Note(Activity? span, int status, ReplyKind kind, string? reason)
    {
        if (span is null)
            return;
        if (status > 0)
            span.SetTag("http.response.status_code", status);
        if (kind is not (ReplyKind.Ok or ReplyKind.NoRows))
            span.SetTag("error.type", kind.ToString()).SetStatus(ActivityStatusCode.Error, reason);
    }

    private static string VersionOf(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("Version"u8) && reader.Read())
                return reader.GetString() ?? "";
        }

        return "";
    }
}
