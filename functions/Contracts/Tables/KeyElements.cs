using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MyriadSync.Contracts.Keys;

namespace MyriadSync.Contracts.Tables;

/// <summary>The texts and whole numbers that keys consist of, and keys made of such.</summary>
internal static class KeyElements
{
    /// <summary>The largest whole number that every IndexedDB key can be.</summary>
    public const long MaxInteger = (1L << 53) - 1;

    /// <summary>The elements of an array key, or the one that another key is.</summary>
    public static IReadOnlyList<JsonElement> Of(RecordKey key, out bool isArray)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        key.WriteJson(buffer);
        var json = JsonElement.Parse(buffer.WrittenSpan);
        isArray = json.ValueKind == JsonValueKind.Array;
        return isArray ? [.. json.EnumerateArray()] : [json];
    }

    /// <summary>The key of one element, or of an array of them: strings and longs.</summary>
    public static bool TryMake(IReadOnlyList<object> elements, bool asArray, out RecordKey key)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var json = new Utf8JsonWriter(buffer))
        {
            if (asArray)
            {
                json.WriteStartArray();
            }

            foreach (var element in elements)
            {
                if (element is long number)
                {
                    json.WriteNumberValue(number);
                }
                else
                {
                    json.WriteStringValue((string)element);
                }
            }

            if (asArray)
            {
                json.WriteEndArray();
            }
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        reader.Read();
        return RecordKey.TryRead(ref reader, out key, out _);
    }

    /// <summary>A string that UTF-8 can write: half of a surrogate pair, which JavaScript's strings may hold, it cannot.</summary>
    public static bool TryText(JsonElement element, out string text)
    {
        text = "";
        if (element.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = element.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A whole number within <see cref="MaxInteger"/>.</summary>
    public static bool TryInteger(JsonElement element, out long number)
    {
        number = 0;
        if (element.ValueKind != JsonValueKind.Number || element.GetDouble() is not (>= -MaxInteger and <= MaxInteger) || Math.Floor(element.GetDouble()) != element.GetDouble())
        {
            return false;
        }

        number = (long)element.GetDouble();
        return true;
    }

    /// <summary>A whole number as a row key writes it in decimal: no plus, no leading zeros, no minus zero.</summary>
    public static bool TryDecimal(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
        && number is >= -MaxInteger and <= MaxInteger
        && number.ToString(CultureInfo.InvariantCulture) == text;
}
