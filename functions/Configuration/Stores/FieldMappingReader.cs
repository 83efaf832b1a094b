using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Pipeline.Transform.Encodings;
using MyriadSync.Pipeline.Transform.Schema;

namespace MyriadSync.Configuration.Stores;

/// <summary>Reads one member of <c>mapping.fields</c>.</summary>
internal static class FieldMappingReader
{
    private static readonly Dictionary<string, BadCell> BadCells = new() { ["default"] = BadCell.Default, ["poison"] = BadCell.Poison };

    public static FieldMapping? Read(JsonPart part, string name, CompiledSchema? schema)
    {
        var members = part.Members("column", "as", "default", "drop", "onBadCell");
        if (members.TryGetValue("drop", out var drop) && drop.Flag() == true)
        {
            foreach (var (other, member) in members.Where(member => member.Key != "drop"))
            {
                member.Fault($"A field that is dropped has no {other}.");
            }

            return new FieldMapping();
        }

        var encoding = members.TryGetValue("as", out var kind) ? kind.Choice(EncodingNames.All) ?? CellEncoding.Json : CellEncoding.Json;
        var types = schema?.TypesOf(name) ?? JsonTypes.Any;
        if (types != JsonTypes.Any && (types & Suitable(encoding)) == 0 && encoding is not (CellEncoding.Json or CellEncoding.Bytes))
        {
            kind.Fault($"By the schema, {name} is of type {TypeNames.Of(types)}; {EncodingNames.Of(encoding)} stores {TypeNames.Of(Suitable(encoding))}.");
        }

        return new FieldMapping
        {
            Column = Column(part, members, name),
            Encoding = encoding,
            Default = members.TryGetValue("default", out var value) ? Default(value, name, encoding, schema) : null,
            Required = schema?.Requires(name) == true,
            OnBadCell = members.TryGetValue("onBadCell", out var bad) ? bad.Choice(BadCells) ?? BadCell.Default : BadCell.Default,
        };
    }

    private static string? Column(JsonPart part, IReadOnlyDictionary<string, JsonPart> members, string name)
    {
        if (!members.TryGetValue("column", out var column))
        {
            if (Qualifiers.TryEncode(name, out var qualifier))
            {
                return "d:" + qualifier;
            }

            part.Fault("The field's name is too long for a column; give it a column.");
            return null;
        }

        var text = column.Text();
        if (text is not null)
        {
            Columns.Check(column, text);
        }

        return text;
    }

    private static ReadOnlyMemory<byte>? Default(JsonPart part, string name, CellEncoding encoding, CompiledSchema? schema)
    {
        if (part.Value() is not { } value)
        {
            return null;
        }

        if (schema?.CheckField(name, value) is { } wrong)
        {
            part.Faults.Add(part.Pointer + wrong.Pointer, $"The default is against the schema: {wrong.Detail}");
        }

        if (!CellCodecs.Of(encoding).TryEncode(value, out _))
        {
            part.Fault($"The default is no value that {EncodingNames.Of(encoding)} stores.");
        }

        return value;
    }

    private static JsonTypes Suitable(CellEncoding encoding) => encoding switch
    {
        CellEncoding.Utf8 => JsonTypes.String,
        CellEncoding.Int64 or CellEncoding.Double => JsonTypes.Number | JsonTypes.Integer,
        CellEncoding.Boolean => JsonTypes.Boolean,
        _ => JsonTypes.Any,
    };
}
