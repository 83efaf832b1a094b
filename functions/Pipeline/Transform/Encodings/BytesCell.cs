using System.Buffers.Text;
using System.Text;

namespace MyriadSync.Pipeline.Transform.Encodings;

/// <summary>A binary value as it is. Every cell reads.</summary>
internal sealed class BytesCell : ICellCodec
{
    private static ReadOnlySpan<byte> Tag => "{\"$binary\":\""u8;

    public string Domain => "a binary value";

    public string Form => "binary";

    public bool TryEncode(ReadOnlyMemory<byte> json, out ReadOnlyMemory<byte> cell)
    {
        cell = default;
        if (!json.Span.StartsWith(Tag))
        {
            return false;
        }

        var text = json.Span[Tag.Length..^2];
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        Base64.DecodeFromUtf8(text, bytes, out _, out var written);
        cell = bytes.AsMemory(0, written);
        return true;
    }

    public bool TryDecode(ReadOnlyMemory<byte> cell, out ReadOnlyMemory<byte> json)
    {
        json = Encoding.ASCII.GetBytes($"{{\"$binary\":\"{Convert.ToBase64String(cell.Span)}\"}}");
        return true;
    }
}
