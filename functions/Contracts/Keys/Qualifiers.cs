using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace MyriadSync.Contracts.Keys;

/// <summary>
/// Column qualifiers of top-level fields. <c>A-Z a-z 0-9 - . _</c> stand for themselves, every other scalar for its UTF-8 bytes as <c>~XX</c>; a lone
/// surrogate for the three bytes that UTF-8 would give it if it could. Injective, and any gateway and the hbase shell can name the column.
/// </summary>
public static class Qualifiers
{
    /// <summary>The one column of a record whose value is not a plain object.</summary>
    public const string Root = "~.";

    /// <summary>Longest qualifier that is written, in characters.</summary>
    public const int MaxLength = 1024;

    // The field whose name is the empty string.
    private const string Empty = "~";

    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    /// <summary>The qualifier of a field, however long.</summary>
    public static string Encode(string fieldName)
    {
        ArgumentNullException.ThrowIfNull(fieldName);
        if (fieldName.Length == 0) return Empty;
        if (!fieldName.AsSpan().ContainsAnyExcept(Plain)) return fieldName;

        var qualifier = new StringBuilder();
        Span<byte> bytes = stackalloc byte[4];
        for (var rest = fieldName.AsSpan(); !rest.IsEmpty;)
        {
            var taken = 1;
            if (Plain.Contains(rest[0])) qualifier.Append(rest[0]);
            else foreach (var value in bytes[..ToUtf8(rest, bytes, out taken)]) qualifier.Append(CultureInfo.InvariantCulture, $"~{value:X2}");
            rest = rest[taken..];
        }

        return qualifier.ToString();
    }

    /// <summary>The qualifier of a field; false if it is longer than <see cref="MaxLength"/>.</summary>
    public static bool TryEncode(string fieldName, [NotNullWhen(true)] out string? qualifier)
    {
        ArgumentNullException.ThrowIfNull(fieldName);
        qualifier = fieldName.Length <= MaxLength ? Encode(fieldName) : null;
        if (qualifier?.Length > MaxLength) qualifier = null;
        return qualifier is not null;
    }

    /// <summary>The field of a qualifier. Strict: false for anything that <see cref="Encode"/> cannot return, <see cref="Root"/> included.</summary>
    public static bool TryDecode(ReadOnlySpan<char> qualifier, [NotNullWhen(true)] out string? fieldName)
    {
        fieldName = null;
        if (qualifier.IsEmpty) return false;

        if (!qualifier.ContainsAnyExcept(Plain))
        {
            fieldName = qualifier.ToString();
            return true;
        }

        var decoded = qualifier.SequenceEqual(Empty) ? "" : Decode(qualifier);
        if (decoded is null || !qualifier.SequenceEqual(Encode(decoded))) return false;

        fieldName = decoded;
        return true;
    }

    private static int ToUtf8(ReadOnlySpan<char> units, Span<byte> bytes, out int taken)
    {
        if (Rune.DecodeFromUtf16(units, out var rune, out taken) == OperationStatus.Done) return rune.EncodeToUtf8(bytes);

        taken = 1;
        bytes[0] = (byte)(0xE0 | (units[0] >> 12));
        bytes[1] = (byte)(0x80 | ((units[0] >> 6) & 0x3F));
        bytes[2] = (byte)(0x80 | (units[0] & 0x3F));
        return 3;
    }

    // Lenient about which spelling was used: the caller compares with the one right spelling.
    private static string? Decode(ReadOnlySpan<char> qualifier)
    {
        var bytes = new byte[qualifier.Length];
        var count = 0;
        for (var rest = qualifier; !rest.IsEmpty; count++)
        {
            var escaped = rest[0] == '~';
            if (!escaped && !Plain.Contains(rest[0])) return null;
            if (!escaped) bytes[count] = (byte)rest[0];
            else if (!TryReadHexByte(rest, out bytes[count])) return null;
            rest = rest[(escaped ? 3 : 1)..];
        }

        var name = new StringBuilder();
        for (var rest = bytes.AsSpan(0, count); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf8(rest, out var rune, out var taken) == OperationStatus.Done) name.Append(rune);
            else if (TryReadSurrogate(rest, out var unit)) (_, taken) = (name.Append(unit), 3);
            else return null;
            rest = rest[taken..];
        }

        return name.ToString();
    }

    private static bool TryReadHexByte(ReadOnlySpan<char> escape, out byte value)
    {
        value = 0;
        return escape.Length >= 3 && byte.TryParse(escape.Slice(1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryReadSurrogate(ReadOnlySpan<byte> bytes, out char unit)
    {
        unit = default;
        if (bytes.Length < 3 || bytes[0] != 0xED || bytes[1] is < 0xA0 or > 0xBF || bytes[2] is < 0x80 or > 0xBF) return false;

        unit = (char)(0xD000 | ((bytes[1] & 0x3F) << 6) | (bytes[2] & 0x3F));
        return true;
    }
}
