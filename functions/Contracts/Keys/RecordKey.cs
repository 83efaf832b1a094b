using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace MyriadSync.Contracts.Keys;

/// <summary>
/// An IndexedDB key: a number, a date, a string, binary, or an array of keys. It is held as its row-key text, from whose ordinal order, equality and hash
/// the key's own follow. The encoding is specified in <c>docs/API.md</c>.
/// </summary>
public readonly struct RecordKey : IEquatable<RecordKey>, IComparable<RecordKey>
{
    /// <summary>Longest encoded key, in characters (each one byte of the row key).</summary>
    public const int MaxEncodedLength = 1024;

    /// <summary>Most levels of nested arrays.</summary>
    public const int MaxDepth = 16;

    [ThreadStatic]
    private static char[]? _buffer;

    private readonly string? _encoded;

    private RecordKey(string encoded) => _encoded = encoded;

    /// <summary>The row-key text: <c>A-Z a-z 0-9 - . _ ~</c> only, whose ordinal order is that of the keys. Empty only in <c>default</c>, which is no key.</summary>
    public string Encoded => _encoded ?? "";

    /// <summary>
    /// Reads a key from the wire. The reader stands on the key's first token, over the whole document, and afterwards on its last, even if the key is refused.
    /// </summary>
    /// <exception cref="JsonException">The JSON itself is broken.</exception>
    public static bool TryRead(ref Utf8JsonReader reader, out RecordKey key, [NotNullWhen(false)] out Refusal? refusal)
    {
        (key, refusal) = (default, null);
        var start = reader;
        var encoder = new KeyEncoder(new KeyBuffer(_buffer ??= new char[MaxEncodedLength]));
        if (encoder.TryRead(ref reader))
        {
            key = new RecordKey(new string(encoder.Written));
            return true;
        }

        refusal = encoder.Refusal;
        reader = start;
        reader.Skip();
        return false;
    }

    /// <summary>Takes encoded text back. Strict: false for anything that <see cref="Encoded"/> can never be.</summary>
    public static bool TryDecode(ReadOnlySpan<char> encoded, out RecordKey key)
    {
        key = default;
        if (encoded.Length > MaxEncodedLength || !new KeyDecoder(encoded, output: null).TryDecode()) return false;

        key = new RecordKey(new string(encoded));
        return true;
    }

    /// <summary>Writes the canonical wire form.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>, which is no key.</exception>
    public void WriteJson(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!new KeyDecoder(Encoded, output).TryDecode()) throw new InvalidOperationException("The default is no key.");
    }

    /// <inheritdoc/>
    public bool Equals(RecordKey other) => Encoded == other.Encoded;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RecordKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Encoded.GetHashCode(StringComparison.Ordinal);

    /// <summary>IndexedDB order.</summary>
    public int CompareTo(RecordKey other) => string.CompareOrdinal(Encoded, other.Encoded);

    /// <summary>The encoded text.</summary>
    public override string ToString() => Encoded;

    /// <summary>Equality of the keys.</summary>
    public static bool operator ==(RecordKey left, RecordKey right) => left.Equals(right);

    /// <summary>Inequality of the keys.</summary>
    public static bool operator !=(RecordKey left, RecordKey right) => !left.Equals(right);

    /// <summary>IndexedDB order.</summary>
    public static bool operator <(RecordKey left, RecordKey right) => left.CompareTo(right) < 0;

    /// <summary>IndexedDB order.</summary>
    public static bool operator <=(RecordKey left, RecordKey right) => left.CompareTo(right) <= 0;

    /// <summary>IndexedDB order.</summary>
    public static bool operator >(RecordKey left, RecordKey right) => left.CompareTo(right) > 0;

    /// <summary>IndexedDB order.</summary>
    public static bool operator >=(RecordKey left, RecordKey right) => left.CompareTo(right) >= 0;
}
