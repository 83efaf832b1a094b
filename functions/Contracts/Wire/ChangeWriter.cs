using System.Buffers;
using System.Text.Json;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts.Wire;

/// <summary>Writes parked items as JSON: a change as it stands on the wire, an entry as pulls show it.</summary>
internal static class ChangeWriter
{
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true };

    /// <summary>A change in its wire form; a client's <c>seq</c> and <c>base</c> included.</summary>
    public static byte[] Write(Change change)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("seq"u8, change.Seq);
            WriteRecord(json, new RecordId(change.Store, change.Key));
            json.WriteString("op"u8, change.Op switch { ChangeOp.Put => "put", ChangeOp.Patch => "patch", _ => "delete" });
            if (change.Value is not null)
            {
                json.WritePropertyName("value"u8);
                json.WriteRawValue(change.Value.Json.Span, skipInputValidation: true);
            }

            if (change.Patch is not null)
            {
                WritePatch(json, change.Patch);
            }

            if (change.Base is { } @base)
            {
                json.WriteNumber("base"u8, @base);
            }

            json.WriteString("at"u8, change.At.ToString());
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>An entry of the log.</summary>
    public static byte[] Write(LogEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("rev"u8, entry.Rev);
            WriteRecord(json, new RecordId(entry.Store, entry.Key));
            json.WriteString("op"u8, entry.IsTombstone ? "delete" : "put");
            if (entry.Value is not null)
            {
                json.WritePropertyName("value"u8);
                json.WriteRawValue(entry.Value.Json.Span, skipInputValidation: true);
            }

            json.WriteString("at"u8, entry.At);
            json.WriteString("by"u8, entry.By);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteRecord(Utf8JsonWriter json, RecordId record)
    {
        var key = new ArrayBufferWriter<byte>(64);
        record.Key.WriteJson(key);
        json.WriteString("store"u8, record.Store);
        json.WritePropertyName("key"u8);
        json.WriteRawValue(key.WrittenSpan, skipInputValidation: true);
    }

    private static void WritePatch(Utf8JsonWriter json, PatchBody patch)
    {
        WriteVerb(json, "set"u8, patch.Set);
        if (patch.Unset.Count > 0)
        {
            json.WritePropertyName("unset"u8);
            json.WriteRawValue(Array(patch.Unset.Select(pointer => (ReadOnlyMemory<byte>)WireText.ToJson(pointer))).Span, skipInputValidation: true);
        }

        WriteVerb(json, "inc"u8, patch.Inc);
        WriteVerb(json, "add"u8, [.. patch.Add.Select(add => KeyValuePair.Create(add.Key, Array(add.Value)))]);
        WriteVerb(json, "remove"u8, [.. patch.Remove.Select(remove => KeyValuePair.Create(remove.Key, Array(remove.Value)))]);
    }

    /// <summary>Pointers are member names and may hold what <see cref="Utf8JsonWriter"/> would replace, so the object is written as values are.</summary>
    private static void WriteVerb(Utf8JsonWriter json, ReadOnlySpan<byte> verb, IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> places)
    {
        if (places.Count == 0)
        {
            return;
        }

        var members = new ArrayBufferWriter<byte>(128);
        ObjectWriter.Write([.. places.Select(place => new RecordField(place.Key, place.Value))], members);
        json.WritePropertyName(verb);
        json.WriteRawValue(members.WrittenSpan, skipInputValidation: true);
    }

    private static ReadOnlyMemory<byte> Array(IEnumerable<ReadOnlyMemory<byte>> elements)
    {
        var array = new ArrayBufferWriter<byte>(128);
        new PatchList(isSet: false, [.. elements]).Write(array);
        return array.WrittenMemory;
    }
}
