using System.Text.Json;

namespace MyriadSync.Contracts;

/// <summary>Clocks as JSON, in the log and in <c>m:clock</c>: a clock is <c>[timestamp, at]</c>, columns are an object of clocks.</summary>
internal static class ClockJson
{
    public static void Write(Utf8JsonWriter json, FieldClock clock)
    {
        json.WriteStartArray();
        json.WriteNumberValue(clock.Timestamp);
        json.WriteStringValue(clock.At);
        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, IReadOnlyDictionary<string, FieldClock> columns)
    {
        json.WriteStartObject();
        foreach (var (qualifier, clock) in columns)
        {
            json.WritePropertyName(qualifier);
            Write(json, clock);
        }

        json.WriteEndObject();
    }

    /// <summary>Reads a clock; the reader is on its array.</summary>
    public static FieldClock Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        var timestamp = reader.GetInt64();
        reader.Read();
        var at = reader.GetString()!;
        reader.Read();
        return new FieldClock(timestamp, at);
    }

    /// <summary>Reads columns' clocks; the reader is on their object.</summary>
    public static IReadOnlyDictionary<string, FieldClock> ReadColumns(ref Utf8JsonReader reader)
    {
        var columns = new SortedDictionary<string, FieldClock>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var qualifier = reader.GetString()!;
            reader.Read();
            columns[qualifier] = Read(ref reader);
        }

        return columns;
    }
}
