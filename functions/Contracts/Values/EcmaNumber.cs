using System.Buffers.Text;
using System.Globalization;

namespace MyriadSync.Contracts.Values;

/// <summary>
/// Finite doubles as ECMAScript's Number::toString writes them, which is what RFC 8785 asks for: the shortest digits that read back as the same double,
/// positional from 1e-6 up to below 1e21, else with an exponent that has a sign and no leading zeros.
/// </summary>
internal static class EcmaNumber
{
    /// <summary>No double takes more bytes: sign, 17 digits, point, <c>e-</c> and 3 digits is 25.</summary>
    public const int MaxBytes = 32;

    private const int MaxPositionalExponent = 21;
    private const int MinPositionalExponent = -6;

    /// <summary>Writes the number into a span of at least <see cref="MaxBytes"/> and returns the bytes written. Both zeros are <c>0</c>.</summary>
    public static int Format(double value, Span<byte> target)
    {
        if (value == 0)
        {
            target[0] = (byte)'0';
            return 1;
        }

        Span<byte> digits = stackalloc byte[MaxBytes];
        var count = ShortestDigits(Math.Abs(value), digits, out var point);
        var written = 0;
        if (value < 0) target[written++] = (byte)'-';
        return written + Lay(digits[..count], point, target[written..]);
    }

    // The significant digits, and where the decimal point lies counted from the first: 0.05 is "5" with -1.
    private static int ShortestDigits(double value, Span<byte> digits, out int point)
    {
        Span<byte> text = stackalloc byte[MaxBytes];
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        if (IsPowerOfTwo(value) && double.Parse(text[..length], CultureInfo.InvariantCulture) != value)
            value.TryFormat(text, out length, "E16", CultureInfo.InvariantCulture);

        var mantissa = text[..length];
        var exponent = 0;
        var e = mantissa.IndexOf((byte)'E');
        if (e >= 0)
        {
            exponent = int.Parse(mantissa[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            mantissa = mantissa[..e];
        }

        var count = 0;
        var integral = mantissa.IndexOf((byte)'.');
        point = (integral < 0 ? mantissa.Length : integral) + exponent;
        foreach (var digit in mantissa)
        {
            if (digit == '.') continue;
            if (digit == '0' && count == 0) point--;
            else digits[count++] = digit;
        }

        while (digits[count - 1] == '0') count--;
        return count;
    }

    // Doubles lie twice as dense below a power of two as above it, and .NET's shortest form overlooks that: for 2^-25 and 2^-958 it is a digit short and
    // reads back as another number. All other powers come out right.
    private static bool IsPowerOfTwo(double value) => (BitConverter.DoubleToUInt64Bits(value) & ((1UL << 52) - 1)) == 0;

    private static int Lay(ReadOnlySpan<byte> digits, int point, Span<byte> target)
    {
        if (point is > MaxPositionalExponent or <= MinPositionalExponent) return LayExponential(digits, point - 1, target);

        var zeros = Math.Max(0, -point);
        if (point <= 0)
        {
            "0."u8.CopyTo(target);
            target.Slice(2, zeros).Fill((byte)'0');
            digits.CopyTo(target[(2 + zeros)..]);
            return 2 + zeros + digits.Length;
        }

        if (point >= digits.Length)
        {
            digits.CopyTo(target);
            target[digits.Length..point].Fill((byte)'0');
            return point;
        }

        digits[..point].CopyTo(target);
        target[point] = (byte)'.';
        digits[point..].CopyTo(target[(point + 1)..]);
        return digits.Length + 1;
    }

    private static int LayExponential(ReadOnlySpan<byte> digits, int exponent, Span<byte> target)
    {
        target[0] = digits[0];
        var written = 1;
        if (digits.Length > 1)
        {
            target[written++] = (byte)'.';
            digits[1..].CopyTo(target[written..]);
            written += digits.Length - 1;
        }

        target[written++] = (byte)'e';
        target[written++] = (byte)(exponent < 0 ? '-' : '+');
        Utf8Formatter.TryFormat(Math.Abs(exponent), target[written..], out var length);
        return written + length;
    }
}
