using System.Buffers;
using System.Text.Json;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Triggers.Http;

/// <summary>Keys, values and records on the wire. Their canonical bytes go out as they are.</summary>
internal static class RecordJson
{
    /// <summary>Members <c>store</c> and <c>key</c>.</summary>
    public static void WriteId(this Utf8JsonWriter json, string store, RecordKey key)
    {
        json.WriteString("store"u8, store);
        json.WritePropertyName("key"u8);
        var bytes = new ArrayBufferWriter<byte>(64);
        key.WriteJson(bytes);
        json.WriteRawValue(bytes.WrittenSpan, skipInputValidation: true);
    }

    /// <summary>Member <c>value</c>.</summary>
    public static void WriteRecordValue(this Utf8JsonWriter json, RecordValue value)
    {
        json.WritePropertyName("value"u8);
        json.WriteRawValue(value.Json.Span, skipInputValidation: true);
    }

    /// <summary>Members <c>value</c> (or <c>deleted</c>), and <c>at</c> and <c>by</c> where they are known. Not <c>rev</c>.</summary>
    public static void WriteState(this Utf8JsonWriter json, RecordInEffect record)
    {
        if (record.Value is { } value)
            json.WriteRecordValue(value);
        else
            json.WriteBoolean("deleted"u8, true);
        json.WriteIfKnown("at"u8, record.At);
        json.WriteIfKnown("by"u8, record.By);
    }

    /// <summary>A member that is left out when there is nothing to say.</summary>
    public static void WriteIfKnown(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            json.WriteString(name, text);
    }

    /// <summary>Members <c>cursor</c> and <c>epoch</c>; before a dataset's first commit the epoch is null.</summary>
    public static void WriteCursor(this Utf8JsonWriter json, Cursor cursor)
    {
        json.WriteString("cursor"u8, cursor.ToString());
        json.WriteString("epoch"u8, cursor.Epoch == Cursor.NoEpoch ? null : cursor.Epoch);
    }

    /// <summary>Member <c>serverTime</c>: Unix milliseconds, by which clients set their clocks.</summary>
    public static void WriteServerTime(this Utf8JsonWriter json, DateTimeOffset now) => json.WriteNumber("serverTime"u8, now.ToUnixTimeMilliseconds());
}
