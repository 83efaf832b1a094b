using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts.Wire;

/// <summary>
/// Parked items as JSON, <c>v</c> their format: <c>{"v":1,"schemaVersion":1,"clientId":"c1","changes":[…],"keep":[[…]],"theirs":{…},"ours":{…}}</c>, the changes in their wire form.
/// </summary>
internal static class ParkedCodec
{
    private const int Format = 1;

    private static readonly JsonWriterOptions WriterOptions = new() { SkipValidation = true };

    /// <summary>A change may be as deep as the wire allows, inside of this.</summary>
    private static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = 1024 };

    /// <summary>Writes an item.</summary>
    public static byte[] Write(ParkedItem item)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteNumber("v"u8, Format);
            json.WriteNumber("schemaVersion"u8, item.SchemaVersion);
            json.WriteString("clientId"u8, item.ClientId);
            json.WriteStartArray("changes"u8);
            foreach (var change in item.Changes)
            {
                json.WriteRawValue(ChangeWriter.Write(change), skipInputValidation: true);
            }

            json.WriteEndArray();
            WriteKept(json, item.Changes);
            WriteSide(json, "theirs"u8, item.Theirs);
            WriteSide(json, "ours"u8, item.Ours);

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads an item. A change that the limits no longer allow comes back with its refusal.</summary>
    /// <exception cref="NewerFormatException">A newer version of the app wrote it.</exception>
    public static ParkedItem Read(ReadOnlyMemory<byte> json, SyncLimits limits)
    {
        using var document = JsonDocument.Parse(json, ReaderOptions);
        var root = document.RootElement;
        var format = root.GetProperty("v").GetInt32();
        if (format > Format)
        {
            throw new NewerFormatException("A parked item", format, Format);
        }

        var clientId = root.GetProperty("clientId").GetString()!;
        var reader = new ChangeReader(limits, clientId);
        return new ParkedItem
        {
            SchemaVersion = root.GetProperty("schemaVersion").GetInt32(),
            ClientId = clientId,
            Changes = [.. root.GetProperty("changes").EnumerateArray().Select((change, i) => ReadChange(reader, change, i) with { Keep = ReadKept(root, i) })],
            Theirs = ReadSide(root, "theirs"),
            Ours = ReadSide(root, "ours"),
        };
    }

    private static Change ReadChange(ChangeReader reader, JsonElement element, int index)
    {
        var text = JsonMarshal.GetRawUtf8Value(element).ToArray();
        var json = new Utf8JsonReader(text, CanonicalJson.ReaderOptions);
        json.Read();
        return reader.Read(ref json, text, index, []) ?? throw new InvalidDataException("A parked change has no seq.");
    }

    /// <summary>What a client of an older version left as it is: no part of a change's wire form.</summary>
    private static void WriteKept(Utf8JsonWriter json, IReadOnlyList<Change> changes)
    {
        if (changes.All(change => change.Keep.Count == 0))
        {
            return;
        }

        json.WriteStartArray("keep"u8);
        foreach (var change in changes)
        {
            json.WriteStartArray();
            change.Keep.ToList().ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static IReadOnlyList<string> ReadKept(JsonElement item, int index) =>
        item.TryGetProperty("keep", out var keep) ? [.. keep[index].EnumerateArray().Select(pointer => pointer.GetString()!)] : [];

    private static void WriteSide(Utf8JsonWriter json, ReadOnlySpan<byte> name, RecordInEffect? side)
    {
        if (side is null)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("rev"u8, side.Rev);
        if (side.Value is { } value)
        {
            json.WritePropertyName("value"u8);
            json.WriteRawValue(value.Json.Span, skipInputValidation: true);
        }

        json.WriteString("at"u8, side.At);
        json.WriteString("by"u8, side.By);
        json.WriteEndObject();
    }

    private static RecordInEffect? ReadSide(JsonElement item, string name) => !item.TryGetProperty(name, out var side) ? null : new RecordInEffect
    {
        Rev = side.GetProperty("rev").GetInt64(),
        Value = side.TryGetProperty("value", out var value) ? RecordValue.FromCanonical(JsonMarshal.GetRawUtf8Value(value).ToArray()) : null,
        At = side.GetProperty("at").GetString()!,
        By = side.GetProperty("by").GetString()!,
    };
}
