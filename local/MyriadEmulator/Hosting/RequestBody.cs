using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace MyriadSync.MyriadEmulator.Hosting;

/// <summary>Reads bodies whole, unpacked if they are gzip.</summary>
internal static class RequestBody
{
    /// <returns>False if it says gzip and is not.</returns>
    public static async Task<bool> ReadAsync(HttpRequest request, PooledBuffer to)
    {
        if (request.ContentLength is null or 0 && !request.Headers.ContainsKey("Transfer-Encoding"))
            return true;
        if (!request.Headers.ContentEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            await CopyAsync(request.Body, to, request.ContentLength);
            return true;
        }
        try
        {
            await using var unpacked = new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true);
            await CopyAsync(unpacked, to, null);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static async Task CopyAsync(Stream from, PooledBuffer to, long? length)
    {
        if (length is { } expected)
            to.GetMemory((int)expected);
        int read;
        while ((read = await from.ReadAsync(to.GetMemory(4096))) > 0)
            to.Advance(read);
    }
}
