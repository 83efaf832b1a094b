using System.Text.Json;

namespace MyriadSync.Myriad.HBase;

/// <summary>Reads an answer of rows: <c>{"Row":[{"key":…,"Cell":[{"column":…,"timestamp":…,"$":…}]}]}</c>. Unknown members are passed over.</summary>
internal static class RowsJsonReader
{
    /// <summary>The rows in the order of the answer.</summary>
    /// <exception cref="JsonException">It is not such an answer.</exception>
    public static List<Row> Read(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        var columns = new ColumnNames();
        List<Row>? rows = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextMember(ref reader))
        {
            if (!reader.ValueTextEquals("Row"u8))
            {
                reader.Read();
                reader.Skip();
                continue;
            }

            rows ??= [];
            Expect(ref reader, JsonTokenType.StartArray);
            while (NextElement(ref reader))
                rows.Add(ReadRow(ref reader, columns));
        }

        // Whatever else answers 200 with an object must not pass for "no such rows".
        if (rows is null || reader.Read())
            throw new JsonException("No rows in the answer.");
        return rows;
    }

    private static Row ReadRow(ref Utf8JsonReader reader, ColumnNames columns)
    {
        string? key = null;
        List<Cell> cells = [];
        while (NextMember(ref reader))
        {
            if (reader.ValueTextEquals("key"u8))
            {
                Expect(ref reader, JsonTokenType.String);
                key = ColumnNames.DecodeBytes(Plain(ref reader));
            }
            else if (reader.ValueTextEquals("Cell"u8))
            {
                Expect(ref reader, JsonTokenType.StartArray);
                while (NextElement(ref reader))
                    cells.Add(ReadCell(ref reader, columns));
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return new(key ?? throw new JsonException("A row without a key."), cells);
    }

    private static Cell ReadCell(ref Utf8JsonReader reader, ColumnNames columns)
    {
        string? column = null;
        long? timestamp = null;
        byte[] value = [];
        while (NextMember(ref reader))
        {
            if (reader.ValueTextEquals("column"u8))
            {
                Expect(ref reader, JsonTokenType.String);
                column = columns.Get(Plain(ref reader));
            }
            else if (reader.ValueTextEquals("timestamp"u8))
            {
                Expect(ref reader, JsonTokenType.Number);
                timestamp = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("$"u8))
            {
                Expect(ref reader, JsonTokenType.String);
                value = reader.GetBytesFromBase64();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        if (column is null || timestamp is null)
            throw new JsonException("A cell without a column or a timestamp.");
        return new(column, timestamp.Value, value);
    }

    // base64 needs no escapes, but JSON writers may escape its slash.
    private static ReadOnlySpan<byte> Plain(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return reader.ValueSpan;
        var plain = new byte[reader.ValueSpan.Length];
        return plain.AsSpan(0, reader.CopyString(plain));
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
            throw new JsonException($"{type} expected.");
    }

    private static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private static bool NextElement(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            throw new JsonException("The answer breaks off.");
        if (reader.TokenType == JsonTokenType.EndArray)
            return false;
        return reader.TokenType == JsonTokenType.StartObject ? true : throw new JsonException("An object expected.");
    }
}
