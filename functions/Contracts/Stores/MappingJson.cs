using System.Buffers;
using System.Text.Json;
using MyriadSync.Contracts.Keys;

namespace MyriadSync.Contracts.Stores;

/// <summary>
/// Mappings as JSON, the same bytes for the same mapping: members in a fixed or ordinal order, fields under their encoded names, defaults as base64
/// because their strings may hold what JSON writers replace.
/// </summary>
internal static class MappingJson
{
    private const int Version = 1;

    /// <summary>Whether rows lie as they do without a mapping.</summary>
    public static bool IsPlain(StoreMapping mapping) =>
        mapping is { Fields.Count: 0, Constants.Count: 0, Others: OtherFields.Json, Transformer: null };

    /// <summary>One mapping.</summary>
    public static ReadOnlyMemory<byte> Write(StoreMapping mapping) => Write(json => Write(json, mapping));

    /// <summary>A set of mappings.</summary>
    public static ReadOnlyMemory<byte> Write(IReadOnlyDictionary<string, StoreMapping> mappings) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("v"u8, Version);
        json.WriteStartObject("stores"u8);
        foreach (var (store, mapping) in mappings.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(store);
            Write(json, mapping);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>Reads what <see cref="Write(IReadOnlyDictionary{string, StoreMapping})"/> wrote.</summary>
    public static Dictionary<string, StoreMapping> ReadSet(ReadOnlyMemory<byte> document)
    {
        using var json = JsonDocument.Parse(document);
        var version = json.RootElement.GetProperty("v").GetInt32();
        return version > Version
            ? throw new NewerFormatException("A stored mapping", version, Version)
            : json.RootElement.GetProperty("stores").EnumerateObject().ToDictionary(store => store.Name, store => Read(store.Value));
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, StoreMapping mapping)
    {
        json.WriteStartObject();
        json.WriteStartObject("fields"u8);
        foreach (var (name, field) in mapping.Fields.Select(pair => (Name: Qualifiers.Encode(pair.Key), pair.Value)).OrderBy(pair => pair.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject(name);
            if (field.Column is not null)
            {
                json.WriteString("column"u8, field.Column);
                json.WriteString("as"u8, field.Encoding.ToString());
            }

            if (field.Default is { } value)
            {
                json.WriteBase64String("default"u8, value.Span);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("constants"u8);
        foreach (var (column, value) in mapping.Constants.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteBase64String(column, value.Span);
        }

        json.WriteEndObject();
        json.WriteString("others"u8, mapping.Others.ToString());
        if (mapping.Transformer is not null)
        {
            json.WriteString("transformer"u8, mapping.Transformer);
        }

        json.WriteEndObject();
    }

    private static StoreMapping Read(JsonElement json) => new()
    {
        Fields = json.GetProperty("fields").EnumerateObject().ToDictionary(
            field => Qualifiers.TryDecode(field.Name, out var name) ? name : throw new InvalidDataException("A stored mapping names no field."),
            field => ReadField(field.Value)),
        Constants = json.GetProperty("constants").EnumerateObject().ToDictionary(constant => constant.Name, constant => (ReadOnlyMemory<byte>)constant.Value.GetBytesFromBase64()),
        Others = Enum.Parse<OtherFields>(json.GetProperty("others").GetString()!),
        Transformer = json.TryGetProperty("transformer", out var transformer) ? transformer.GetString() : null,
    };

    private static FieldMapping ReadField(JsonElement json) => new()
    {
        Column = json.TryGetProperty("column", out var column) ? column.GetString() : null,
        Encoding = json.TryGetProperty("as", out var encoding) ? Enum.Parse<CellEncoding>(encoding.GetString()!) : CellEncoding.Json,
        Default = json.TryGetProperty("default", out var value) ? (ReadOnlyMemory<byte>?)value.GetBytesFromBase64() : null,
    };
}
