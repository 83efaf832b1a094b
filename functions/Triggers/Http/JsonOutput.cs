using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MyriadSync.Triggers.Http;

/// <summary>
/// Writes a JSON body piece by piece: what is larger than <see cref="ChunkBytes"/> is never held as a whole, and what is larger than <see cref="GzipFromBytes"/>
/// goes out as gzip to who takes it. An answer that is not completed is left cut off, so that nobody takes it for whole.
/// </summary>
internal sealed class JsonOutput : IAsyncDisposable
{
    /// <summary>Sent on when this much has gathered.</summary>
    public const int ChunkBytes = 32 * 1024;

    /// <summary>Below this, gzip costs more than it saves.</summary>
    public const int GzipFromBytes = 1024;

    private readonly HttpContext _context;
    private readonly ArrayBufferWriter<byte> _buffer = new(4 * 1024);
    private Stream? _target;

    public JsonOutput(HttpContext context)
    {
        _context = context;
        Json = new Utf8JsonWriter(_buffer);
    }

    /// <summary>Where to write to.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>To be called after each element: sends what has gathered if it is enough.</summary>
    public ValueTask ElementDoneAsync() => _buffer.WrittenCount + Json.BytesPending < ChunkBytes ? ValueTask.CompletedTask : SendAsync();

    /// <summary>Sends the rest.</summary>
    public async Task CompleteAsync()
    {
        await Json.FlushAsync(_context.RequestAborted);
        if (_target is null && _buffer.WrittenCount < GzipFromBytes)
        {
            _context.Response.ContentLength = _buffer.WrittenCount;
            _target = _context.Response.Body;
        }

        await SendAsync();
        if (_target is GZipStream gzip)
            await gzip.DisposeAsync();
        await _context.Response.Body.FlushAsync(_context.RequestAborted);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Json.DisposeAsync();

    private async ValueTask SendAsync()
    {
        await Json.FlushAsync(_context.RequestAborted);
        _target ??= Open();
        await _target.WriteAsync(_buffer.WrittenMemory, _context.RequestAborted);
        _buffer.ResetWrittenCount();
    }

    private Stream Open()
    {
        var response = _context.Response;
        if (!AcceptsGzip(_context.Request))
            return response.Body;

        response.Headers.ContentEncoding = "gzip";
        // Other bytes than the plain answer's: the tag may only claim that they mean the same.
        if (response.Headers.ETag is [{ } tag] && !tag.StartsWith("W/", StringComparison.Ordinal))
            response.Headers.ETag = $"W/{tag}";
        return new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
    }

    private static bool AcceptsGzip(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding!, out var accepted))
            return false;
        var gzip = accepted.FirstOrDefault(coding => coding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(coding => coding.Value == "*");
        return gzip is not null && gzip.Quality is not 0;
    }
}
