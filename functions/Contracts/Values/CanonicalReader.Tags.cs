using System.Globalization;
using System.Text.Json;

namespace MyriadSync.Contracts.Values;

/// <content>Tags: objects with exactly one member, whose name starts with <c>$</c>.</content>
internal sealed partial class CanonicalReader
{
    private static bool StartsWithDollar(ref Utf8JsonReader reader)
    {
        var body = WireText.RawBody(ref reader);
        if (!reader.ValueIsEscaped) return body.StartsWith("$"u8);
        return WireText.TryRead(body, out var name) && name.StartsWith('$');
    }

    // The reader stands on the tag's name.
    private bool WriteTag(ref Utf8JsonReader reader, bool keepMembers)
    {
        if (!WireText.TryRead(ref reader, out var tag)) return NotUtf8();

        CanonicalJson.Next(ref reader);
        var written = tag switch
        {
            "$date" => WriteDate(ref reader),
            "$binary" => WriteBinary(ref reader),
            "$bigint" => WriteBigInt(ref reader),
            "$number" => WriteSpecialNumber(ref reader),
            "$undefined" => WriteUndefined(ref reader),
            "$map" => WriteMap(ref reader),
            "$set" => WriteSet(ref reader),
            "$object" => WriteEscapedObject(ref reader, keepMembers),
            _ => UnknownTag(),
        };
        if (!written) return _trace.Under(tag);

        CanonicalJson.Next(ref reader);
        return reader.TokenType == JsonTokenType.EndObject || UnknownTag() || _trace.Under(tag);
    }

    private bool WriteDate(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return Append("{\"$date\":null}"u8);
        if (!ScalarTags.TryReadDate(ref reader, out var milliseconds))
            return _trace.Refuse(RefusalReasons.InvalidDate, "A date is a whole number of milliseconds, at most 8.64e15 either way, or null if it is invalid.");

        Append("{\"$date\":"u8);
        Append(milliseconds);
        return Append((byte)'}');
    }

    private bool WriteBinary(ref Utf8JsonReader reader) =>
        ScalarTags.TryReadAscii(ref reader, out var text) && ScalarTags.IsCanonicalBase64(text)
            ? AppendTag("{\"$binary\":\""u8, text)
            : _trace.Refuse(RefusalReasons.InvalidBinary, "Binary is padded base64 without white space.");

    private bool WriteBigInt(ref Utf8JsonReader reader) =>
        ScalarTags.TryReadAscii(ref reader, out var text) && ScalarTags.IsCanonicalBigInt(text)
            ? AppendTag("{\"$bigint\":\""u8, text)
            : _trace.Refuse(RefusalReasons.InvalidBigInt, "A bigint is a decimal integer without leading zeros.");

    private bool WriteSpecialNumber(ref Utf8JsonReader reader)
    {
        if (ScalarTags.TryReadAscii(ref reader, out var text)
            && (text.SequenceEqual("NaN"u8) || text.SequenceEqual("Infinity"u8) || text.SequenceEqual("-Infinity"u8) || text.SequenceEqual("-0"u8)))
            return AppendTag("{\"$number\":\""u8, text);

        return _trace.Refuse(RefusalReasons.InvalidNumber, "A tagged number is \"NaN\", \"Infinity\", \"-Infinity\" or \"-0\".");
    }

    private bool WriteUndefined(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.True
            ? Append("{\"$undefined\":true}"u8)
            : _trace.Refuse(RefusalReasons.InvalidUndefined, "Undefined is written as true.");

    private bool WriteSet(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return _trace.Refuse(RefusalReasons.InvalidSet, "A set is written as an array of its elements.");

        Append("{\"$set\":"u8);
        return WriteElements(ref reader) && Append((byte)'}');
    }

    private bool WriteMap(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return InvalidMap();
        if (!Enter()) return false;

        Append("{\"$map\":["u8);
        for (var index = 0; ; index++)
        {
            CanonicalJson.Next(ref reader);
            if (reader.TokenType == JsonTokenType.EndArray) break;
            if (index > 0) Append((byte)',');
            if (!WritePair(ref reader)) return _trace.Under(index.ToString(CultureInfo.InvariantCulture));
        }

        _depth--;
        return Append("]}"u8);
    }

    private bool WritePair(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return InvalidMap();

        for (var part = 0; part < 2; part++)
        {
            Append(part == 0 ? (byte)'[' : (byte)',');
            CanonicalJson.Next(ref reader);
            if (reader.TokenType == JsonTokenType.EndArray) return InvalidMap();
            if (!Write(ref reader)) return _trace.Under(part == 0 ? "0" : "1");
        }

        CanonicalJson.Next(ref reader);
        return reader.TokenType == JsonTokenType.EndArray ? Append((byte)']') : InvalidMap();
    }

    // A plain object with a member that would pass for a tag. The wrapper is put round it afterwards, and only if it is needed.
    private bool WriteEscapedObject(ref Utf8JsonReader reader, bool keepMembers)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return _trace.Refuse(RefusalReasons.InvalidObject, "$object holds an object.");

        var (start, first) = (_length, _members.Count);
        CanonicalJson.Next(ref reader);
        if (!WriteMembers(ref reader, literalNames: true, keepMembers, out var hasDollar)) return false;
        if (!hasDollar) return true;

        var prefix = "{\"$object\":"u8;
        Reserve(prefix.Length + 1);
        _bytes.AsSpan(start, _length - start).CopyTo(_bytes.AsSpan(start + prefix.Length));
        prefix.CopyTo(_bytes.AsSpan(start));
        _length += prefix.Length;
        for (var i = first; i < _members.Count; i++)
            _members[i] = _members[i] with { Start = _members[i].Start + prefix.Length, End = _members[i].End + prefix.Length };
        return Append((byte)'}');
    }

    private bool AppendTag(ReadOnlySpan<byte> opening, ReadOnlySpan<byte> text) => Append(opening) && Append(text) && Append("\"}"u8);

    private bool UnknownTag() =>
        _trace.Refuse(RefusalReasons.UnknownTag, "A member name starts with $ but is no tag on its own; such an object is wrapped in $object.");

    private bool InvalidMap() => _trace.Refuse(RefusalReasons.InvalidMap, "A map is written as an array of [key, value] pairs.");
}
