using System.Text.Json;

namespace MyriadSync.Contracts;

/// <summary>
/// Clocks as JSON, in the log and in <c>m:clock</c>: a clock is <c>[timestamp, at, rev, other rev]</c>, columns are an object of clocks by path, tags an object
/// by path of objects of <c>[rev, author, …]</c> by element. Zeros at the end of a clock are left out.
/// </summary>
internal static class ClockJson
{
    public static void Write(Utf8JsonWriter json, FieldClock clock)
    {
        json.WriteStartArray();
        json.WriteNumberValue(clock.Timestamp);
        json.WriteStringValue(clock.At);
        WriteRevs(json, clock.Rev, clock.OtherRev);
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

    public static void Write(Utf8JsonWriter json, IReadOnlyDictionary<string, IReadOnlyDictionary<string, ElementTag>> elements)
    {
        json.WriteStartObject();
        foreach (var (path, tags) in elements)
        {
            json.WriteStartObject(path);
            foreach (var (element, tag) in tags)
            {
                json.WriteStartArray(element);
                foreach (var (rev, author) in tag.Adds)
                {
                    json.WriteNumberValue(rev);
                    json.WriteStringValue(author);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
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
        var (rev, other) = ReadRevs(ref reader);
        return new FieldClock(timestamp, at, rev, other);
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

    /// <summary>Reads elements' tags; the reader is on their object.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, ElementTag>> ReadElements(ref Utf8JsonReader reader)
    {
        var elements = new SortedDictionary<string, IReadOnlyDictionary<string, ElementTag>>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var path = reader.GetString()!;
            var tags = new SortedDictionary<string, ElementTag>(StringComparer.Ordinal);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var element = reader.GetString()!;
                reader.Read();
                var adds = new List<(long Rev, string Author)>(1);
                while (reader.Read() && reader.TokenType == JsonTokenType.Number)
                {
                    var rev = reader.GetInt64();
                    reader.Read();
                    adds.Add((rev, reader.GetString()!));
                }

                tags[element] = new ElementTag(adds);
            }

            elements[path] = tags;
        }

        return elements;
    }

    private static void WriteRevs(Utf8JsonWriter json, long rev, long other)
    {
        if (rev != 0 || other != 0)
        {
            json.WriteNumberValue(rev);
        }

        if (other != 0)
        {
            json.WriteNumberValue(other);
        }
    }

    // Up to the end of the array.
    private static (long Rev, long Other) ReadRevs(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return (0, 0);
        }

        var rev = reader.GetInt64();
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return (rev, 0);
        }

        var other = reader.GetInt64();
        reader.Read();
        return (rev, other);
    }
}
