using System.Text.Json;

namespace MyriadSync.Contracts.Values;

/// <summary>Takes canonical JSON apart, one level at a time, without copying.</summary>
internal static class CanonicalParts
{
    private static ReadOnlySpan<byte> EscapedObject => "{\"$object\":"u8;

    private static ReadOnlySpan<byte> TaggedSet => "{\"$set\":"u8;

    /// <summary>The fields of a plain object, an escaped one included; false for any other value.</summary>
    public static bool TryGetFields(ReadOnlyMemory<byte> json, out List<RecordField> fields)
    {
        fields = [];
        if (json.Span.StartsWith(EscapedObject)) json = json[EscapedObject.Length..^1];
        else if (json.Span[0] != '{' || json.Span.StartsWith("{\"$"u8)) return false;

        var reader = new Utf8JsonReader(json.Span, CanonicalJson.ReaderOptions);
        CanonicalJson.Next(ref reader);
        for (CanonicalJson.Next(ref reader); reader.TokenType == JsonTokenType.PropertyName; CanonicalJson.Next(ref reader))
        {
            WireText.TryRead(ref reader, out var name);
            CanonicalJson.Next(ref reader);
            fields.Add(new RecordField(name, SliceValue(ref reader, json)));
        }

        return true;
    }

    /// <summary>The elements of an array or a set; false for any other value.</summary>
    public static bool TryGetElements(ReadOnlyMemory<byte> json, out bool isSet, out List<ReadOnlyMemory<byte>> elements)
    {
        elements = [];
        isSet = json.Span.StartsWith(TaggedSet);
        if (isSet) json = json[TaggedSet.Length..^1];
        else if (json.Span[0] != '[') return false;

        var reader = new Utf8JsonReader(json.Span, CanonicalJson.ReaderOptions);
        CanonicalJson.Next(ref reader);
        for (CanonicalJson.Next(ref reader); reader.TokenType != JsonTokenType.EndArray; CanonicalJson.Next(ref reader))
            elements.Add(SliceValue(ref reader, json));
        return true;
    }

    private static ReadOnlyMemory<byte> SliceValue(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }
}
