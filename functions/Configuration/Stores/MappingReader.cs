using System.Text;
using System.Text.Json;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Pipeline.Transform.Schema;

namespace MyriadSync.Configuration.Stores;

/// <summary>Reads <c>mapping</c>: where the client's fields lie on the cluster.</summary>
internal static class MappingReader
{
    private static readonly Dictionary<string, OtherFields> Others = new()
    {
        ["json"] = OtherFields.Json,
        ["drop"] = OtherFields.Drop,
        ["reject"] = OtherFields.Reject,
    };

    public static StoreMapping Read(JsonPart part, CompiledSchema? schema, string? transformer, bool isExisting = false)
    {
        var members = part.Members("fields", "constants", "others");
        var others = members.TryGetValue("others", out var rest) ? rest.Choice(Others) ?? OtherFields.Json : transformer is null && !isExisting ? OtherFields.Json : OtherFields.Reject;
        if (transformer is not null && others == OtherFields.Json)
        {
            rest.Fault("With a transformer, every column is known beforehand. Allowed: drop, reject (the default then).");
        }
        else if (isExisting && others == OtherFields.Json)
        {
            rest.Fault("In a table that is there already, columns that the mapping does not name are not ours. Allowed: drop, reject (the default then).");
        }

        // A transformer's own fields lie in the columns then; the schema speaks of the client's.
        schema = transformer is null ? schema : null;
        var columns = new Dictionary<string, string>();
        var fields = new Dictionary<string, FieldMapping>();
        foreach (var (name, field) in members.TryGetValue("fields", out var list) ? list.Members() : [])
        {
            if (schema?.Knows(name) == false)
            {
                field.Fault($"The schema has no field {name}.");
            }

            if (FieldMappingReader.Read(field, name, schema) is { } mapping)
            {
                fields[name] = mapping;
                Claim(field, columns, mapping.Column, $"field {name}");
            }
        }

        var constants = new Dictionary<string, ReadOnlyMemory<byte>>();
        foreach (var (column, value) in members.TryGetValue("constants", out var fixedCells) ? fixedCells.Members() : [])
        {
            Columns.Check(value, column);
            Claim(value, columns, column, "another constant");
            constants[column] = Cell(value);
        }

        if (others == OtherFields.Json)
        {
            foreach (var (column, owner) in columns)
            {
                CheckCollision(part, column, owner, fields, schema);
            }
        }

        return new StoreMapping { Fields = fields, Constants = constants, Others = others, Transformer = transformer };
    }

    private static void Claim(JsonPart part, Dictionary<string, string> columns, string? column, string owner)
    {
        if (column is not null && !columns.TryAdd(column, owner))
        {
            part.Fault($"The column {column} is taken already, by {columns[column]}.");
        }
    }

    /// <summary>Fields that the mapping does not name go to columns of their own names: no other field may sit there.</summary>
    private static void CheckCollision(JsonPart part, string column, string owner, Dictionary<string, FieldMapping> fields, CompiledSchema? schema)
    {
        if (column.StartsWith("d:", StringComparison.Ordinal) && Qualifiers.TryDecode(column.AsSpan(2), out var name) && !fields.ContainsKey(name) && schema?.Knows(name) != false)
        {
            part.Faults.Add(part.Pointer + "/fields", $"The column {column} ({owner}) is where a field {name} would be stored, because others is json. Map or drop {name}, or take another column.");
        }
    }

    private static ReadOnlyMemory<byte> Cell(JsonPart part)
    {
        if (part.Json.ValueKind == JsonValueKind.String)
        {
            return Encoding.UTF8.GetBytes(part.Json.GetString()!);
        }

        if (part.Json.ValueKind == JsonValueKind.Object && part.Json.TryGetProperty("$binary", out var binary) && binary.ValueKind == JsonValueKind.String && binary.TryGetBytesFromBase64(out var bytes))
        {
            return bytes;
        }

        part.Fault("A text is needed here, stored as UTF-8, or {\"$binary\": base64}.");
        return default;
    }
}
