using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MyriadSync.Pipeline.Transform.Encodings;

/// <summary>
/// An integer as 8 bytes, big-endian. Numbers are exact up to 2^53 - 1 and come back as numbers; beyond that it takes bigints, and only those come
/// back as bigints: a small bigint becomes a number, -0 becomes 0.
/// </summary>
internal sealed class Int64Cell : ICellCodec
{
    private const long MaxSafeInteger = (1L << 53) - 1;

    private static ReadOnlySpan<byte> BigInt => "{\"$bigint\":\""u8;

    private static ReadOnlySpan<byte> NegativeZero => "{\"$number\":\"-0\"}"u8;

    public string Domain => "a number without fraction up to 2^53 - 1, or a bigint of at most 64 bits";

    public string Form => "int64 of 8 bytes";

    public bool TryEncode(ReadOnlyMemory<byte> json, out ReadOnlyMemory<byte> cell)
    {
        cell = default;
        if (!TryRead(json.Span, out var value))
        {
            return false;
        }

        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        cell = bytes;
        return true;
    }

    public bool TryDecode(ReadOnlyMemory<byte> cell, out ReadOnlyMemory<byte> json)
    {
        json = default;
        if (cell.Length != sizeof(long))
        {
            return false;
        }

        var value = BinaryPrimitives.ReadInt64BigEndian(cell.Span);
        var text = value.ToString(CultureInfo.InvariantCulture);
        json = Encoding.ASCII.GetBytes(value is >= -MaxSafeInteger and <= MaxSafeInteger ? text : $"{{\"$bigint\":\"{text}\"}}");
        return true;
    }

    private static bool TryRead(ReadOnlySpan<byte> json, out long value)
    {
        if (json.StartsWith(BigInt))
        {
            var digits = json[BigInt.Length..^2];
            return Utf8Parser.TryParse(digits, out value, out var taken) && taken == digits.Length;
        }

        if (Utf8Parser.TryParse(json, out value, out var consumed) && consumed == json.Length)
        {
            return value is >= -MaxSafeInteger and <= MaxSafeInteger;
        }

        value = 0;
        return json.SequenceEqual(NegativeZero);
    }
}
