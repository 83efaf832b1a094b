using System.Buffers;
using System.Text.Json;
using MyriadSync.Contracts;

namespace MyriadSync.Myriad.Records;

/// <summary>The cell <c>m:clock</c>, both ways.</summary>
internal static class ClockCell
{
    private const int Version = 1;

    public static ReadOnlyMemory<byte> Write(FieldClocks clocks, int schemaVersion = 1)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteNumber("v"u8, Version);
        json.WritePropertyName("t"u8);
        ClockJson.Write(json, clocks.Default);
        if (clocks.Columns.Count > 0)
        {
            json.WritePropertyName("f"u8);
            ClockJson.Write(json, clocks.Columns);
        }

        if (schemaVersion > 1)
        {
            json.WriteNumber("s"u8, schemaVersion);
        }

        if (clocks.Elements.Count > 0)
        {
            json.WritePropertyName("e"u8);
            ClockJson.Write(json, clocks.Elements);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The app's schema version that the row is in. A row that a job made has no clock, and is as jobs know the store: current, told as 0.</summary>
    public static int ReadSchemaVersion(ReadOnlySpan<byte> cell)
    {
        try
        {
            var reader = new Utf8JsonReader(cell);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isVersion = reader.ValueTextEquals("s"u8);
                reader.Read();
                if (isVersion)
                {
                    return reader.GetInt32();
                }

                reader.Skip();
            }

            return 1;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // A job damaged the cell.
            return 0;
        }
    }

    /// <summary>Clocks of nothing when a job damaged the cell: every edit is newer then, and nothing is lost but the order of old ones.</summary>
    public static FieldClocks Read(ReadOnlySpan<byte> cell, string row)
    {
        try
        {
            return ReadStrict(cell, row);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return FieldClocks.None;
        }
    }

    private static FieldClocks ReadStrict(ReadOnlySpan<byte> cell, string row)
    {
        var clocks = FieldClocks.None;
        var reader = new Utf8JsonReader(cell);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = (char)reader.ValueSpan[0];
            reader.Read();
            switch (member)
            {
                case 'v' when reader.GetInt32() > Version: throw new NewerFormatException($"Row {row}", reader.GetInt32(), Version);
                case 't': clocks = clocks with { Default = ClockJson.Read(ref reader) }; break;
                case 'f': clocks = clocks with { Columns = ClockJson.ReadColumns(ref reader) }; break;
                case 'e': clocks = clocks with { Elements = ClockJson.ReadElements(ref reader) }; break;
                default: reader.Skip(); break;
            }
        }

        return clocks;
    }
}
