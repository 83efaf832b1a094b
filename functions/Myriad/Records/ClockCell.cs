using System.Buffers;
using System.Text.Json;
using MyriadSync.Contracts;

namespace MyriadSync.Myriad.Records;

/// <summary>The cell <c>m:clock</c>, both ways.</summary>
internal static class ClockCell
{
    private const int Version = 1;

    public static ReadOnlyMemory<byte> Write(FieldClocks clocks)
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

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
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
                default: reader.Skip(); break;
            }
        }

        return clocks;
    }
}
