using System.Globalization;

namespace MyriadSync.Contracts.Values;

/// <summary>Sums of encoded numbers: doubles with doubles, bigints with bigints, and never one with the other.</summary>
internal static class Increments
{
    private static ReadOnlySpan<byte> BigInt => "{\"$bigint\":\""u8;

    private static ReadOnlySpan<byte> Tagged => "{\"$number\":\""u8;

    private static ReadOnlySpan<byte> MinusZero => "{\"$number\":\"-0\"}"u8;

    /// <summary>Adds canonical JSON to canonical JSON; an empty <paramref name="current"/> is nothing yet, which counts as zero.</summary>
    /// <returns>Null on success, else <see cref="RefusalReasons.NotANumber"/> or <see cref="RefusalReasons.NotFinite"/>.</returns>
    public static string? TryAdd(ReadOnlySpan<byte> current, ReadOnlySpan<byte> delta, out byte[] sum)
    {
        sum = [];
        if (delta.StartsWith(BigInt))
        {
            if (!current.IsEmpty && !current.StartsWith(BigInt)) return RefusalReasons.NotANumber;

            var digits = DecimalText.Add(current.IsEmpty ? "0"u8 : current[BigInt.Length..^2], delta[BigInt.Length..^2]);
            sum = [.. BigInt, .. digits, .. "\"}"u8];
            return null;
        }

        var augend = 0.0;
        if (!TryGetNumber(delta, out var addend) || (!current.IsEmpty && !TryGetNumber(current, out augend))) return RefusalReasons.NotANumber;
        if (!double.IsFinite(augend + addend)) return RefusalReasons.NotFinite;

        sum = Encode(augend + addend);
        return null;
    }

    /// <summary>What has to be added to <paramref name="from"/> (empty: zero) to come to <paramref name="to"/>; false where no number does that exactly.</summary>
    public static bool TryGetDifference(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, out byte[] difference)
    {
        difference = [];
        var before = 0.0;
        if (!TryGetNumber(to, out var after) || (!from.IsEmpty && !TryGetNumber(from, out before))) return false;

        var delta = after - before;
        if (!double.IsFinite(delta) || before + delta != after) return false;

        difference = Encode(delta);
        return true;
    }

    private static byte[] Encode(double value)
    {
        if (value == 0 && double.IsNegative(value)) return MinusZero.ToArray();

        Span<byte> text = stackalloc byte[EcmaNumber.MaxBytes];
        return text[..EcmaNumber.Format(value, text)].ToArray();
    }

    private static bool TryGetNumber(ReadOnlySpan<byte> json, out double value)
    {
        if (json.StartsWith(Tagged))
        {
            // Minus zero; the other three are not finite, and neither is what comes of adding to them.
            value = json.SequenceEqual(MinusZero) ? -0.0 : double.NaN;
            return true;
        }

        value = 0;
        return (json[0] == '-' || char.IsAsciiDigit((char)json[0])) && double.TryParse(json, CultureInfo.InvariantCulture, out value);
    }
}
