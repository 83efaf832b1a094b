using System.Buffers;
using System.Text.Json;

namespace MyriadSync.Contracts.Values;

/// <summary>The contents of <c>$date</c> and <c>$binary</c>, which keys and values share, and the text rules of <c>$bigint</c>.</summary>
internal static class ScalarTags
{
    /// <summary>The range of a JavaScript Date on either side of 1970, in milliseconds.</summary>
    public const double MaxDateMilliseconds = 8.64e15;

    private static readonly SearchValues<byte> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);

    /// <summary>Reads whole milliseconds in the range of a Date.</summary>
    public static bool TryReadDate(ref Utf8JsonReader reader, out long milliseconds)
    {
        milliseconds = 0;
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out var value)) return false;
        if (!(Math.Abs(value) <= MaxDateMilliseconds) || Math.Floor(value) != value) return false;

        milliseconds = (long)value;
        return true;
    }

    /// <summary>Base64 as RFC 4648 section 4 has it, padded, without white space, unused bits zero: each sequence of bytes has one spelling.</summary>
    public static bool IsCanonicalBase64(ReadOnlySpan<byte> text)
    {
        if (text.Length % 4 != 0) return false;

        var padding = text.EndsWith("=="u8) ? 2 : text.EndsWith("="u8) ? 1 : 0;
        var digits = text[..^padding];
        if (digits.ContainsAnyExcept(Base64)) return false;

        // Two padding characters leave 4 unused bits in the last digit, one leaves 2.
        return padding switch { 2 => "AQgw"u8.Contains(digits[^1]), 1 => "AEIMQUYcgkosw048"u8.Contains(digits[^1]), _ => true };
    }

    /// <summary>A decimal integer without leading zeros, plus sign or minus zero.</summary>
    public static bool IsCanonicalBigInt(ReadOnlySpan<byte> text)
    {
        var digits = text.StartsWith("-"u8) ? text[1..] : text;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        return digits[0] != '0' || text.Length == 1;
    }

    /// <summary>The string token as ASCII bytes, unescaped; false if it is no string or holds anything but ASCII.</summary>
    public static bool TryReadAscii(ref Utf8JsonReader reader, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (reader.TokenType != JsonTokenType.String) return false;

        text = WireText.RawBody(ref reader);
        if (reader.ValueIsEscaped)
        {
            if (!WireText.TryRead(text, out var unescaped) || !System.Text.Ascii.IsValid(unescaped)) return false;
            text = System.Text.Encoding.ASCII.GetBytes(unescaped);
        }

        return System.Text.Ascii.IsValid(text);
    }
}
