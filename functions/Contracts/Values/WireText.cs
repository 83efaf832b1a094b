using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace MyriadSync.Contracts.Values;

/// <summary>
/// JSON strings as UTF-16 code units. IndexedDB strings may hold lone surrogates; <c>Utf8JsonReader.GetString</c> throws on them and <c>Utf8JsonWriter</c>
/// replaces them, so strings are read and written here. Canonical: the shortest escapes of RFC 8785, lone surrogates as lower-case <c>\udxxx</c>.
/// </summary>
internal static class WireText
{
    /// <summary>Most bytes that one UTF-16 code unit takes in a canonical JSON string (<c>\udxxx</c>).</summary>
    public const int MaxBytesPerUnit = 6;

    private const int StackUnits = 256;
    private static readonly SearchValues<char> Verbatim = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x60).Select(unit => (char)unit).Where(unit => unit is not ('"' or '\\'))]);

    /// <summary>Reads the string or member name that the reader stands on; false if it is not UTF-8.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, out string text) => TryRead(RawBody(ref reader), out text);

    /// <summary>The raw bytes between the quotes of the reader's token.</summary>
    public static ReadOnlySpan<byte> RawBody(ref Utf8JsonReader reader) => reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;

    /// <summary>Unescapes the body of a well-formed JSON string; false if it is not UTF-8.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out string text)
    {
        char[]? rented = null;
        var units = body.Length <= StackUnits ? stackalloc char[StackUnits] : rented = ArrayPool<char>.Shared.Rent(body.Length);
        var count = Decode(body, units);
        text = count < 0 ? "" : new string(units[..count]);
        if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        return count >= 0;
    }

    /// <summary>Unescapes the body of a well-formed JSON string into <paramref name="units"/>, which is at least as long. -1 if it is not UTF-8.</summary>
    public static int Decode(ReadOnlySpan<byte> body, Span<char> units)
    {
        var written = 0;
        while (!body.IsEmpty)
        {
            var escape = body.IndexOf((byte)'\\');
            var verbatim = escape < 0 ? body : body[..escape];
            if (Utf8.ToUtf16(verbatim, units[written..], out _, out var count, replaceInvalidSequences: false) != OperationStatus.Done) return -1;

            written += count;
            if (escape < 0) break;

            body = body[escape..];
            units[written++] = Unescape(body, out var length);
            body = body[length..];
        }

        return written;
    }

    /// <summary>Writes a canonical JSON string, quotes included, into a span of at least 2 + 6 bytes a unit. Returns the bytes written.</summary>
    public static int Write(ReadOnlySpan<char> units, Span<byte> target)
    {
        target[0] = (byte)'"';
        var written = 1;
        while (!units.IsEmpty)
        {
            var special = units.IndexOfAnyExcept(Verbatim);
            var verbatim = special < 0 ? units : units[..special];
            written += Encoding.ASCII.GetBytes(verbatim, target[written..]);
            if (special < 0) break;

            units = units[special..];
            written += WriteSpecial(units, target[written..], out var taken);
            units = units[taken..];
        }

        target[written++] = (byte)'"';
        return written;
    }

    /// <summary>Writes a canonical JSON string, quotes included.</summary>
    public static void Write(ReadOnlySpan<char> units, IBufferWriter<byte> output) =>
        output.Advance(Write(units, output.GetSpan((units.Length * MaxBytesPerUnit) + 2)));

    /// <summary>The canonical JSON string, quotes included, in memory of just its size: it may be kept for long.</summary>
    public static byte[] ToJson(string text)
    {
        var rented = ArrayPool<byte>.Shared.Rent((text.Length * MaxBytesPerUnit) + 2);
        var json = rented.AsSpan(0, Write(text, rented)).ToArray();
        ArrayPool<byte>.Shared.Return(rented);
        return json;
    }

    private static char Unescape(ReadOnlySpan<byte> escape, out int length)
    {
        length = 2;
        switch (escape[1])
        {
            case (byte)'b': return '\b';
            case (byte)'f': return '\f';
            case (byte)'n': return '\n';
            case (byte)'r': return '\r';
            case (byte)'t': return '\t';
            case (byte)'u':
                length = 6;
                return (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            default: return (char)escape[1];
        }
    }

    private static int WriteSpecial(ReadOnlySpan<char> units, Span<byte> target, out int taken)
    {
        taken = 1;
        switch (units[0])
        {
            case '"': return Copy("\\\""u8, target);
            case '\\': return Copy("\\\\"u8, target);
            case '\b': return Copy("\\b"u8, target);
            case '\f': return Copy("\\f"u8, target);
            case '\n': return Copy("\\n"u8, target);
            case '\r': return Copy("\\r"u8, target);
            case '\t': return Copy("\\t"u8, target);
            case < ' ': return WriteEscape(units[0], target);
            default:
                if (Rune.DecodeFromUtf16(units, out var rune, out var consumed) != OperationStatus.Done) return WriteEscape(units[0], target);
                taken = consumed;
                return rune.EncodeToUtf8(target);
        }
    }

    private static int WriteEscape(char unit, Span<byte> target)
    {
        "\\u"u8.CopyTo(target);
        ((ushort)unit).TryFormat(target[2..], out _, "x4", CultureInfo.InvariantCulture);
        return 6;
    }

    private static int Copy(ReadOnlySpan<byte> escape, Span<byte> target)
    {
        escape.CopyTo(target);
        return escape.Length;
    }
}
