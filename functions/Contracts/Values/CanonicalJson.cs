using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace MyriadSync.Contracts.Values;

/// <summary>
/// Canonical JSON of an encoded value: RFC 8785 (members sorted by UTF-16 code units, no white space, ECMAScript's numbers, minimal escapes) with lone
/// surrogates as lower-case escapes, over the tags of <c>docs/API.md</c>. Two values are equal if and only if their canonical bytes are.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>
    /// For readers over anything that comes from outside: depth is ours to refuse with a reason, and the default of 64 would break the whole document off.
    /// </summary>
    public static JsonReaderOptions ReaderOptions { get; } = new() { MaxDepth = int.MaxValue };

    /// <summary>
    /// Reads the value that the reader stands on. The reader is over the whole document, and stands on the value's last token afterwards, even if it is
    /// refused.
    /// </summary>
    /// <exception cref="JsonException">The JSON itself is broken.</exception>
    public static bool TryRead(
        ref Utf8JsonReader reader, ValueLimits limits, [NotNullWhen(true)] out byte[]? json, [NotNullWhen(false)] out Refusal? refusal)
    {
        var engine = CanonicalReader.Rent(limits);
        json = engine.TryRead(ref reader, keepMembers: false, out refusal) ? engine.Written.ToArray() : null;
        engine.Return();
        return json is not null;
    }

    /// <summary>Reads a document that is one encoded value, such as a cell.</summary>
    /// <exception cref="JsonException">The bytes are not JSON, or more than one value.</exception>
    public static bool TryRead(
        ReadOnlySpan<byte> document, ValueLimits limits, [NotNullWhen(true)] out byte[]? json, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new Utf8JsonReader(document, ReaderOptions);
        Next(ref reader);
        var read = TryRead(ref reader, limits, out json, out refusal);
        if (reader.Read()) throw new JsonException("A second value follows.");
        return read;
    }

    /// <summary>Steps to the next token.</summary>
    /// <exception cref="JsonException">There is none.</exception>
    public static void Next(ref Utf8JsonReader reader)
    {
        if (!reader.Read()) throw new JsonException("The JSON ends early.");
    }
}
