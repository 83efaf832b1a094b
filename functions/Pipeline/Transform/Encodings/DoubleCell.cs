using System.Buffers.Binary;
using System.Buffers.Text;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform.Encodings;

/// <summary>A number as 8 bytes, IEEE 754, big-endian. Exact for every number, those that JSON cannot write included; every NaN reads as the one NaN.</summary>
internal sealed class DoubleCell : ICellCodec
{
    private static ReadOnlySpan<byte> Tag => "{\"$number\":\""u8;

    public string Domain => "a number";

    public string Form => "double of 8 bytes";

    public bool TryEncode(ReadOnlyMemory<byte> json, out ReadOnlyMemory<byte> cell)
    {
        cell = default;
        if (!TryRead(json.Span, out var value))
        {
            return false;
        }

        var bytes = new byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        cell = bytes;
        return true;
    }

    public bool TryDecode(ReadOnlyMemory<byte> cell, out ReadOnlyMemory<byte> json)
    {
        json = default;
        if (cell.Length != sizeof(double))
        {
            return false;
        }

        json = Write(BinaryPrimitives.ReadDoubleBigEndian(cell.Span));
        return true;
    }

    private static bool TryRead(ReadOnlySpan<byte> json, out double value)
    {
        if (!json.StartsWith(Tag))
        {
            return Utf8Parser.TryParse(json, out value, out var taken) && taken == json.Length && json[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9');
        }

        var name = json[Tag.Length..^2];
        value = name.SequenceEqual("-0"u8) ? -0.0
            : name.SequenceEqual("NaN"u8) ? double.NaN
            : name.SequenceEqual("Infinity"u8) ? double.PositiveInfinity
            : double.NegativeInfinity;
        return true;
    }

    private static byte[] Write(double value)
    {
        if (double.IsFinite(value) && !(value == 0 && double.IsNegative(value)))
        {
            Span<byte> text = stackalloc byte[EcmaNumber.MaxBytes];
            return text[..EcmaNumber.Format(value, text)].ToArray();
        }

        return [.. Tag, .. value == 0 ? "-0"u8 : double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8, .. "\"}"u8];
    }
}
