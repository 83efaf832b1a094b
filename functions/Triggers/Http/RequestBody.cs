using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using MyriadSync.Contracts;

namespace MyriadSync.Triggers.Http;

/// <summary>
/// Reads a JSON body under a limit, which holds for what comes over the network and for what it inflates to. The media type and a
/// <c>Content-Length</c> over the limit are refused before the first byte is read; without a length, reading stops at the first byte too many.
/// </summary>
public static class RequestBody
{
    private const int FirstBuffer = 16 * 1024;
    private const int TrailerBytes = 8;

    /// <summary>Header, trailer, and the shortest deflate stream.</summary>
    private const int MinGzipBytes = 10 + 2 + TrailerBytes;

    /// <summary>The body, or what is wrong with it. A client that goes away meanwhile ends in <see cref="OperationCanceledException"/> or <see cref="IOException"/>.</summary>
    /// <param name="request">Body not yet touched.</param>
    /// <param name="limit">Bytes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<BodyReading> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (!IsJson(request.ContentType))
            return Fail(Problems.UnsupportedMediaType, "Content-Type must be application/json in UTF-8.");
        if (Encoding(request) is not { } gzip)
            return Fail(Problems.UnsupportedMediaType, "Content-Encoding must be gzip or absent.");
        if (request.ContentLength > limit)
            return TooLarge(limit);

        var received = await FillAsync(request.Body, (int?)request.ContentLength, limit, cancellationToken);
        if (received is null)
            return TooLarge(limit);
        return gzip ? await InflateAsync(received, limit, cancellationToken) : Checked(received);
    }

    private static async Task<BodyReading> InflateAsync(PooledBytes packed, int limit, CancellationToken cancellationToken)
    {
        using (packed)
        {
            try
            {
                await using var inflate = new GZipStream(packed.AsStream(), CompressionMode.Decompress);
                var plain = await FillAsync(inflate, null, limit, cancellationToken);
                if (plain is null)
                    return TooLarge(limit);
                if (EndsWithTrailerOf(packed.Memory.Span, plain.Memory.Span))
                    return Checked(plain);
                plain.Dispose();
            }
            catch (InvalidDataException)
            {
                // Said below, as for what the stream lets pass.
            }
        }

        return Fail(Problems.InvalidRequest, "The body is not valid gzip (of one member), or it is cut off.", "bad-gzip");
    }

    /// <summary><see cref="GZipStream"/> takes a body that is cut off, or whose length is wrong, for whole. The trailer (RFC 1952, 2.3.1) tells.</summary>
    private static bool EndsWithTrailerOf(ReadOnlySpan<byte> packed, ReadOnlySpan<byte> plain)
    {
        if (packed.Length < MinGzipBytes)
            return false;
        var trailer = packed[^TrailerBytes..];
        return BinaryPrimitives.ReadUInt32LittleEndian(trailer) == Crc32.HashToUInt32(plain)
            && BinaryPrimitives.ReadUInt32LittleEndian(trailer[sizeof(uint)..]) == (uint)plain.Length;
    }

    private static BodyReading Checked(PooledBytes bytes)
    {
        if (Utf8.IsValid(bytes.Memory.Span))
            return new BodyReading(bytes);
        bytes.Dispose();
        return Fail(Problems.InvalidRequest, "The body is not valid UTF-8.", RefusalReasons.InvalidUtf8);
    }

    /// <summary>Everything that the stream has, or null when that is more than the limit.</summary>
    private static async Task<PooledBytes?> FillAsync(Stream stream, int? length, int limit, CancellationToken cancellationToken)
    {
        // One byte above what is expected, so that the end is seen, or the limit overrun, without a buffer more.
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(length ?? FirstBuffer, limit) + 1);
        try
        {
            var filled = 0;
            while (true)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken);
                filled += read;
                if (filled > limit)
                    return null;
                if (read == 0)
                {
                    var bytes = new PooledBytes(buffer, filled);
                    buffer = null;
                    return bytes;
                }

                if (filled == buffer.Length)
                    buffer = Grow(buffer, filled, limit);
            }
        }
        finally
        {
            if (buffer is not null)
                ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer, int filled, int limit)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * buffer.Length, limit + 1L));
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>True: gzip; false: as it is; null: an encoding that is not accepted, or several.</summary>
    private static bool? Encoding(HttpRequest request) => request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant() switch
    {
        "" or "identity" => false,
        "gzip" or "x-gzip" => true,
        _ => null,
    };

    private static BodyReading TooLarge(int limit) => Fail(Problems.TooLarge, $"A body may have {limit} bytes, before and after compression.");

    private static BodyReading Fail(string code, string detail, string? reason = null) =>
        new(new Problem(code, detail) { Errors = reason is null ? [] : [new Refusal(reason, "", detail)] });
}
