using System.Buffers;
using System.IO.Compression;

namespace MyriadSync.ChangeLog;

/// <summary>Compression of what a row carries: Brotli's fastest level, which more than halves both the storage calls' size and their time.</summary>
internal static class PayloadCodec
{
    private const int Quality = 1;
    private const int WindowBits = 22;

    /// <summary>What one payload may inflate to: a corrupt row must not take the memory of the host.</summary>
    private const int MaxInflatedBytes = 64 * 1024 * 1024;

    public static byte[] Compress(ReadOnlySpan<byte> plain)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(plain.Length));
        try
        {
            return BrotliEncoder.TryCompress(plain, buffer, out var written, Quality, WindowBits)
                ? buffer.AsSpan(0, written).ToArray()
                : throw new InvalidOperationException("Brotli refused a buffer of the length that it asked for.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static ReadOnlyMemory<byte> Decompress(ReadOnlyMemory<byte> compressed)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(1024, compressed.Length * 4));
        using var decoder = new BrotliDecoder();
        var rest = compressed.Span;
        while (true)
        {
            var status = decoder.Decompress(rest, output.GetSpan(4096), out var consumed, out var written);
            output.Advance(written);
            rest = rest[consumed..];
            if (status == OperationStatus.Done)
            {
                return output.WrittenMemory;
            }

            if (status != OperationStatus.DestinationTooSmall || output.WrittenCount > MaxInflatedBytes)
            {
                throw new InvalidDataException("A stored payload is damaged.");
            }
        }
    }
}
