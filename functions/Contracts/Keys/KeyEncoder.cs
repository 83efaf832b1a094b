using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts.Keys;

/// <summary>Encodes a key as it is read from the wire.</summary>
internal struct KeyEncoder(KeyBuffer buffer)
{
    private KeyBuffer _buffer = buffer;
    private RefusalTrace _trace;
    private int _depth;

    /// <summary>The encoded key, once <see cref="TryRead"/> returned true.</summary>
    public readonly ReadOnlySpan<char> Written => _buffer.Written;

    /// <summary>What <see cref="TryRead"/> refused.</summary>
    public readonly Refusal Refusal => _trace.TryGet(out var refusal) ? refusal : throw new InvalidOperationException("Nothing was refused.");

    /// <summary>Encodes the key that the reader stands on. Where the reader stands after a refusal is undefined.</summary>
    public bool TryRead(ref Utf8JsonReader reader) =>
        TryReadPart(ref reader, element: false) && (!_buffer.Overflowed || TooLong());

    private bool TryReadPart(ref Utf8JsonReader reader, bool element)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return TryReadNumber(ref reader);
            case JsonTokenType.String:
                return TryReadString(ref reader, element);
            case JsonTokenType.StartArray:
                return TryReadArray(ref reader);
            case JsonTokenType.StartObject:
                return TryReadTag(ref reader, element);
            default:
                return NotAKey();
        }
    }

    private bool TryReadNumber(ref Utf8JsonReader reader)
    {
        if (!reader.TryGetDouble(out var value) || !double.IsFinite(value))
            return _trace.Refuse(RefusalReasons.NumberOutOfRange, "A number of a key is beyond the range of a double.");

        AppendNumber(KeyAlphabet.Number, value);
        return true;
    }

    private bool TryReadString(ref Utf8JsonReader reader, bool element)
    {
        var body = WireText.RawBody(ref reader);

        // A unit takes at most 6 bytes on the wire and at least 1 character here: no need to unescape what cannot fit.
        if (body.Length > WireText.MaxBytesPerUnit * RecordKey.MaxEncodedLength) return TooLong();

        Span<char> units = stackalloc char[body.Length];
        var count = WireText.Decode(body, units);
        if (count < 0) return _trace.Refuse(RefusalReasons.InvalidUtf8, "A string of a key is not UTF-8.");

        _buffer.Append(KeyAlphabet.String);
        foreach (var unit in units[..count]) KeyAlphabet.AppendUnit(ref _buffer, unit);
        if (element) _buffer.Append(KeyAlphabet.End);
        return true;
    }

    private bool TryReadArray(ref Utf8JsonReader reader)
    {
        if (++_depth > RecordKey.MaxDepth) return _trace.Refuse(RefusalReasons.KeyTooDeep, $"Arrays of a key are nested more than {RecordKey.MaxDepth} deep.");

        _buffer.Append(KeyAlphabet.Array);
        for (var index = 0; ; index++)
        {
            CanonicalJson.Next(ref reader);
            if (reader.TokenType == JsonTokenType.EndArray) break;
            if (_buffer.Overflowed) return TooLong();
            if (!TryReadPart(ref reader, element: true)) return _trace.Under(index.ToString(CultureInfo.InvariantCulture));
        }

        _buffer.Append(KeyAlphabet.End);
        _depth--;
        return true;
    }

    private bool TryReadTag(ref Utf8JsonReader reader, bool element)
    {
        CanonicalJson.Next(ref reader);
        if (reader.TokenType != JsonTokenType.PropertyName || !WireText.TryRead(ref reader, out var name)) return NotAKey();

        CanonicalJson.Next(ref reader);
        var read = name switch
        {
            "$date" => TryReadDate(ref reader) || _trace.Under(name),
            "$binary" => TryReadBinary(ref reader, element) || _trace.Under(name),
            "$number" => TryReadSpecialNumber(ref reader),
            _ => NotAKey(),
        };
        if (!read) return false;

        CanonicalJson.Next(ref reader);
        return reader.TokenType == JsonTokenType.EndObject || NotAKey();
    }

    private bool TryReadDate(ref Utf8JsonReader reader)
    {
        if (!ScalarTags.TryReadDate(ref reader, out var milliseconds))
            return _trace.Refuse(RefusalReasons.InvalidDate, "A date of a key is a whole number of milliseconds, at most 8.64e15 either way.");

        AppendNumber(KeyAlphabet.Date, milliseconds);
        return true;
    }

    private bool TryReadBinary(ref Utf8JsonReader reader, bool element)
    {
        if (!ScalarTags.TryReadAscii(ref reader, out var text) || !ScalarTags.IsCanonicalBase64(text))
            return _trace.Refuse(RefusalReasons.InvalidBinary, "Binary is padded base64 without white space.");
        if (text.Length > 2 * RecordKey.MaxEncodedLength) return TooLong();

        Span<byte> bytes = stackalloc byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        Base64.DecodeFromUtf8(text, bytes, out _, out var count);
        _buffer.Append(KeyAlphabet.Binary);
        foreach (var value in bytes[..count]) _buffer.AppendHex(value, 2);
        if (element) _buffer.Append(KeyAlphabet.End);
        return true;
    }

    private bool TryReadSpecialNumber(ref Utf8JsonReader reader)
    {
        var text = ScalarTags.TryReadAscii(ref reader, out var ascii) ? ascii : default;
        if (text.SequenceEqual("NaN"u8)) return NotAKey();

        var value = text.SequenceEqual("Infinity"u8) ? double.PositiveInfinity
            : text.SequenceEqual("-Infinity"u8) ? double.NegativeInfinity
            : text.SequenceEqual("-0"u8) ? 0 : double.NaN;
        if (double.IsNaN(value))
        {
            _trace.Refuse(RefusalReasons.InvalidNumber, "A tagged number of a key is \"Infinity\", \"-Infinity\" or \"-0\".");
            return _trace.Under("$number");
        }

        AppendNumber(KeyAlphabet.Number, value);
        return true;
    }

    // IndexedDB knows one zero: adding 0 turns -0 into it.
    private void AppendNumber(char tag, double value)
    {
        _buffer.Append(tag);
        _buffer.AppendHex(KeyAlphabet.ToOrdered(value + 0.0), KeyAlphabet.NumberDigits);
    }

    private bool NotAKey() => _trace.Refuse(RefusalReasons.NotAKey, "A key is a number, a date, a string, binary or an array of keys.");

    private bool TooLong() => _trace.Refuse(RefusalReasons.KeyTooLong, $"The key takes more than {RecordKey.MaxEncodedLength} characters encoded.");
}
