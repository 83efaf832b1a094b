using System.Buffers;
using System.Globalization;

namespace MyriadSync.Contracts.Keys;

/// <summary>
/// The order-preserving text of key parts. Tags ascend as IndexedDB's types do; the terminator is below everything else, so that a prefix comes first:
/// <c>-</c> &lt; <c>.</c> &lt; <c>0-9</c> &lt; <c>A-Z</c> &lt; <c>_</c> &lt; <c>a-z</c> &lt; <c>~</c>.
/// </summary>
internal static class KeyAlphabet
{
    public const char Number = 'D';
    public const char Date = 'E';
    public const char String = 'S';
    public const char Binary = 'X';
    public const char Array = 'a';
    public const char End = '-';

    /// <summary>Hex digits of a number or date.</summary>
    public const int NumberDigits = 16;

    private const ulong SignBit = 1UL << 63;

    // Checked apart: the parser of numbers also takes upper case and trailing NULs.
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>The bits of a double, ordered as unsigned integers as the doubles are.</summary>
    public static ulong ToOrdered(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        return (bits & SignBit) != 0 ? ~bits : bits ^ SignBit;
    }

    /// <summary>The inverse of <see cref="ToOrdered"/>.</summary>
    public static double FromOrdered(ulong ordered) => BitConverter.UInt64BitsToDouble((ordered & SignBit) != 0 ? ordered ^ SignBit : ~ordered);

    /// <summary>Appends one UTF-16 code unit of a string.</summary>
    public static void AppendUnit(ref KeyBuffer buffer, char unit)
    {
        switch (unit)
        {
            case <= '/':
                buffer.Append('.');
                buffer.AppendHex(unit, 2);
                break;
            case <= '8' or (>= 'A' and <= 'Y') or (>= 'a' and <= 'z'):
                buffer.Append(unit);
                break;
            case >= '{':
                buffer.Append('~');
                buffer.AppendHex(unit, 4);
                break;
            default:
                // The units between the runs of plain ones: the last plain character before them, and how far they lie beyond it.
                var lead = unit <= '@' ? '9' : unit <= '^' ? 'Z' : '_';
                buffer.Append(lead);
                buffer.Append((char)('0' + (unit - lead)));
                break;
        }
    }

    /// <summary>Reads one unit that <see cref="AppendUnit"/> wrote and says how long it is; false for anything else.</summary>
    public static bool TryReadUnit(ReadOnlySpan<char> text, out char unit, out int length)
    {
        (unit, length) = (text[0], 1);
        switch (unit)
        {
            case '.':
                length = 3;
                return TryReadHexUnit(text, 2, out unit) && unit <= '/';
            case '~':
                length = 5;
                return TryReadHexUnit(text, 4, out unit) && unit >= '{';
            case '9' or 'Z' or '_':
                length = 2;
                var (lead, last) = (unit, unit == '9' ? '7' : unit == 'Z' ? '4' : '1');
                if (text.Length < 2 || text[1] < '0' || text[1] > last) return false;
                unit = (char)(lead + (text[1] - '0'));
                return true;
            default:
                return unit is (>= '0' and <= '8') or (>= 'A' and <= 'Y') or (>= 'a' and <= 'z');
        }
    }

    /// <summary>Parses lower-case hex digits, all of <paramref name="text"/>.</summary>
    public static bool TryReadHex(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        return !text.ContainsAnyExcept(LowerHex) && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryReadHexUnit(ReadOnlySpan<char> text, int digits, out char unit)
    {
        unit = default;
        if (text.Length <= digits || !TryReadHex(text.Slice(1, digits), out var value)) return false;

        unit = (char)value;
        return true;
    }
}
