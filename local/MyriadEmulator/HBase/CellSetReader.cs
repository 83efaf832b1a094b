using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using MyriadSync.MyriadEmulator.Store;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>
/// Reads the JSON of a write as strictly as the gateway: an unknown field, bad base64 or a body that is not an object is its 500;
/// what it finds wrong with a row or a cell is a 400, before anything is stored.
/// </summary>
internal ref struct CellSetReader(ReadOnlySpan<byte> json, MutationBatch batch, RowSpec path)
{
    private readonly bool _isEmpty = json.Trim(" \r\n\t"u8).IsEmpty;
    private Utf8JsonReader _json = new(json);
    private Answer? _refusal;
    private Slice _key;
    private bool _hasKey;

    /// <summary>Null if the body was read into the batch.</summary>
    public Answer? Read()
    {
        try
        {
            if (!_json.Read() || _json.TokenType == JsonTokenType.Null)
                return NullPointer("model");
            Expect(JsonTokenType.StartObject);
            while (Next() == JsonTokenType.PropertyName)
            {
                if (!_json.ValueTextEquals("Row"u8))
                    throw new JsonException();
                ReadRows();
            }
            return _json.Read() ? Answer.RequestFailed : _refusal;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return _isEmpty ? NullPointer("model") : Answer.RequestFailed;
        }
    }

    private static Answer NullPointer(string what) => Answer.BadRequest(
        $"java.lang.NullPointerException: Cannot invoke a method because \"{what}\" is null", "rest.RowResource.update(RowResource.java:193)");

    private void ReadRows()
    {
        if (Next() == JsonTokenType.Null)
        {
            _refusal ??= NullPointer("rows");
            return;
        }
        Expect(JsonTokenType.StartArray);
        while (Next() != JsonTokenType.EndArray)
        {
            if (_json.TokenType == JsonTokenType.Null)
                _refusal ??= NullPointer("row");
            else
                ReadRow();
        }
    }

    private void ReadRow()
    {
        Expect(JsonTokenType.StartObject);
        batch.BeginRow(default);
        _hasKey = false;
        Answer? cells = null;
        var count = 0;
        while (Next() == JsonTokenType.PropertyName)
        {
            if (_json.ValueTextEquals("key"u8))
                ReadKey();
            else if (_json.ValueTextEquals("Cell"u8))
                ReadCells(ref cells, ref count);
            else
                throw new JsonException();
        }
        if (!_hasKey)
            _key = batch.Copy(path.Row);
        batch.NameRow(_key);
        _refusal ??= CheckKey(_key.Length) ?? cells ?? (count == 0 ? NoColumns() : null);
    }

    private static Answer NoColumns() => Answer.BadRequest(
        "java.lang.IllegalArgumentException: No columns to insert", "client.ConnectionUtils.validatePut(ConnectionUtils.java:512)");

    private static Answer? CheckKey(int length) => length switch
    {
        0 => Answer.BadRequest("java.lang.IllegalArgumentException: Row length is 0", "client.Mutation.checkRow(Mutation.java:702)"),
        > HBaseLimits.RowKeyBytes => Answer.BadRequest(
            $"java.lang.IllegalArgumentException: Row length {length} is > {HBaseLimits.RowKeyBytes}", "client.Mutation.checkRow(Mutation.java:705)"),
        _ => null,
    };

    private void ReadKey()
    {
        if (Next() == JsonTokenType.Null)
            return;
        _key = ReadBase64();
        _hasKey = true;
    }

    private void ReadCells(ref Answer? refusal, ref int count)
    {
        if (Next() == JsonTokenType.Null)
        {
            refusal ??= NullPointer("cells");
            return;
        }
        Expect(JsonTokenType.StartArray);
        for (; Next() != JsonTokenType.EndArray; count++)
        {
            if (_json.TokenType == JsonTokenType.Null)
                refusal ??= NullPointer("cell");
            else
                ReadCell(ref refusal);
        }
    }

    private void ReadCell(ref Answer? refusal)
    {
        Expect(JsonTokenType.StartObject);
        var timestamp = long.MaxValue;
        Slice column = default, value = default;
        var hasColumn = false;
        while (Next() == JsonTokenType.PropertyName)
        {
            if (_json.ValueTextEquals("column"u8))
            {
                hasColumn = Next() != JsonTokenType.Null;
                column = hasColumn ? ReadBase64() : default;
            }
            else if (_json.ValueTextEquals("timestamp"u8))
            {
                timestamp = ReadTimestamp();
            }
            else if (_json.ValueTextEquals("$"u8))
            {
                value = Next() == JsonTokenType.Null ? default : ReadBase64();
            }
            else
            {
                throw new JsonException();
            }
        }
        refusal ??= hasColumn ? AddCell(column, timestamp, value) : Answer.Text(400, "Bad request: Column found to be null.\r\n");
    }

    private readonly Answer? AddCell(Slice column, long timestamp, Slice value)
    {
        var colon = batch.Bytes(column).IndexOf((byte)':');
        if (colon < 0)
            return Answer.Text(400, "Bad request\r\n");
        if (colon == 0)
            return Answer.BadRequest("java.lang.IllegalArgumentException: Family cannot be null", "client.Mutation.add(Mutation.java:742)");
        if (timestamp < 0)
        {
            return Answer.BadRequest(
                $"java.lang.IllegalArgumentException: Timestamp cannot be negative. ts={timestamp}",
                "IndividualBytesFieldCell.<init>(IndividualBytesFieldCell.java:82)");
        }
        // The limit is on the whole cell; its key and lengths take some of it.
        if (value.Length + column.Length > HBaseLimits.CellBytes || colon > byte.MaxValue || column.Length - colon - 1 > ushort.MaxValue)
        {
            return Answer.BadRequest(
                "java.lang.IllegalArgumentException: KeyValue size too large", "client.ConnectionUtils.validatePut(ConnectionUtils.java:518)");
        }
        batch.Add(EntryKind.Put, new Slice(column.Start, colon), new Slice(column.Start + colon + 1, column.Length - colon - 1), timestamp, value);
        return null;
    }

    /// <summary>A number, a number as text, nothing (0), or a fraction (cut off): what the gateway's JSON reader takes for a long.</summary>
    private long ReadTimestamp()
    {
        switch (Next())
        {
            case JsonTokenType.Number:
                if (_json.TryGetInt64(out var number))
                    return number;
                var fraction = _json.GetDouble();
                return fraction is > long.MinValue and < long.MaxValue && _json.ValueSpan.ContainsAny(".eE"u8) ? (long)fraction : throw new JsonException();
            case JsonTokenType.Null:
                return 0;
            case JsonTokenType.String:
                var text = _json.GetString()!;
                return text.Length == 0 ? 0 : long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            default:
                throw new JsonException();
        }
    }

    private Slice ReadBase64()
    {
        Expect(JsonTokenType.String);
        if (!_json.ValueIsEscaped)
            return Decode(_json.ValueSpan);
        var copy = ArrayPool<byte>.Shared.Rent(_json.ValueSpan.Length);
        try
        {
            return Decode(copy.AsSpan(0, _json.CopyString(copy)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private readonly Slice Decode(ReadOnlySpan<byte> base64)
    {
        // .NET skips white space in base64; the gateway does not.
        if (base64.IndexOfAny(" \t\r\n"u8) >= 0)
            throw new JsonException();
        var to = batch.Reserve(Base64.GetMaxDecodedFromUtf8Length(base64.Length));
        return Base64.DecodeFromUtf8(base64, to, out _, out var written) == OperationStatus.Done
            ? batch.Keep(written)
            : throw new JsonException();
    }

    private JsonTokenType Next() => _json.Read() ? _json.TokenType : throw new JsonException();

    private readonly void Expect(JsonTokenType type)
    {
        if (_json.TokenType != type)
            throw new JsonException();
    }
}
