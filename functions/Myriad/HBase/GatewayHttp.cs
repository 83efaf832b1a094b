using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MyriadSync.Myriad.HBase;

/// <summary>One exchange with one gateway, made into a value. Throws only when the caller gives up.</summary>
internal sealed class GatewayHttp(HttpMessageHandler handler, HBaseOptions options, TimeProvider time) : IDisposable
{
    /// <summary>An answer above this is not taken in: the caller asks for less at a time.</summary>
    public const int MaxAnswerBytes = 64 * 1024 * 1024;

    private const int FirstBuffer = 16 * 1024;

    private static readonly MediaTypeWithQualityHeaderValue JsonAccepted = new("application/json");
    private static readonly MediaTypeHeaderValue JsonSent = new("application/json");

    private readonly HttpMessageInvoker _client = new(handler, disposeHandler: false);
    private readonly AuthenticationHeaderValue? _credentials = Header(options.Credentials);

    public void Dispose() => _client.Dispose();

    /// <summary>Sends and reads to the end within the time-out. A body that comes later than that, even in part, is no answer.</summary>
    /// <returns>The HTTP status (0 without an answer) and what it means.</returns>
    public async Task<(int Status, GatewayReply<T> Reply)> ExchangeAsync<T>(GatewayEndpoint endpoint, GatewayRequest request, BodyParser<T> parse, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(request.IsAdmin ? options.AdminTimeout : options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var message = Message(endpoint, request);
            using var response = await _client.SendAsync(message, either.Token);
            using var body = new PooledBuffer(FirstBuffer);
            var status = (int)response.StatusCode;
            if (!await FillAsync(body, response.Content, either.Token))
                return (status, new(ReplyKind.TooLarge, $"an answer of more than {MaxAnswerBytes} bytes"));
            // The clock may have run out while the last bytes were on their way without anybody looking at the token.
            either.Token.ThrowIfCancellationRequested();
            return (status, Read(status, body.Written.Span, parse) with { Created = response.Headers.Location?.ToString().Split('/')[^1] });
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (0, new(ReplyKind.Transient, "no answer in time"));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidDataException)
        {
            return (0, new(ReplyKind.Transient, failure is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http ? $"{http.HttpRequestError}" : failure.GetType().Name));
        }
    }

    private static GatewayReply<T> Read<T>(int status, ReadOnlySpan<byte> body, BodyParser<T> parse)
    {
        if (status is >= 200 and < 300)
        {
            try
            {
                return new(ReplyKind.Ok, null) { Value = parse(body) };
            }
            catch (Exception failure) when (failure is JsonException or FormatException or InvalidOperationException)
            {
                return new(ReplyKind.Transient, "an answer that cannot be read");
            }
        }

        var head = ErrorText.Head(body);
        var kind = ReplyClassifier.Classify(status, head);
        return new(kind, kind is ReplyKind.Ok or ReplyKind.NoRows ? null : ErrorText.Reason(status, head));
    }

    private static async Task<bool> FillAsync(PooledBuffer body, HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > MaxAnswerBytes)
            return false;
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        int read;
        while ((read = await stream.ReadAsync(body.GetMemory(FirstBuffer), cancellationToken)) > 0)
        {
            body.Advance(read);
            if (body.Length > MaxAnswerBytes)
                return false;
        }

        return true;
    }

    private HttpRequestMessage Message(GatewayEndpoint endpoint, GatewayRequest request)
    {
        var message = new HttpRequestMessage(request.Method, endpoint.BaseUrl + request.Path) { Version = HttpVersion.Version11 };
        // Without it the same gateway answers XML, or 400, differently from one start to the next.
        message.Headers.Accept.Add(JsonAccepted);
        message.Headers.Authorization = _credentials;
        if (request.Body is { } body)
        {
            message.Content = options.Compress ? Compressed(body) : new ReadOnlyMemoryContent(body);
            message.Content.Headers.ContentType = JsonSent;
        }

        return message;
    }

    private static ByteArrayContent Compressed(ReadOnlyMemory<byte> body)
    {
        using var packed = new MemoryStream(body.Length / 4);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(body.Span);
        var content = new ByteArrayContent(packed.GetBuffer(), 0, (int)packed.Length);
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    private static AuthenticationHeaderValue? Header(HBaseCredentials credentials) => credentials.Kind switch
    {
        HBaseCredentialKind.Basic => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.User}:{credentials.Password}"))),
        HBaseCredentialKind.Bearer => new("Bearer", credentials.Token),
        _ => null,
    };
}
