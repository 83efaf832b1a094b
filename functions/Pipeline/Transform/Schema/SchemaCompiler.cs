using System.Text.Json;

namespace MyriadSync.Pipeline.Transform.Schema;

/// <summary>
/// Compiles JSON Schema 2020-12: the keywords in <see cref="Known"/>, and annotations. Any other keyword is a fault: a rule that is not checked would
/// be taken for one that is.
/// </summary>
/// <param name="fault">Takes what is wrong: pointer from the schema's root, and detail.</param>
internal sealed class SchemaCompiler(Action<string, string> fault)
{
    /// <summary>Keywords that are carried out.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        "$ref", "$defs", "type", "enum", "const", "allOf", "anyOf", "oneOf", "not", "properties", "required", "additionalProperties", "minProperties", "maxProperties",
        "items", "prefixItems", "minItems", "maxItems", "uniqueItems", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern",
    ];

    private static readonly string[] Annotations = ["title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment"];

    private readonly SchemaReferences _references = new(fault);

    /// <summary>The schema, as far as it is sound.</summary>
    public CompiledSchema Compile(JsonElement schema)
    {
        var root = new SchemaPart(schema, "", fault);
        foreach (var (name, definition) in root.Has("$defs", out var definitions) ? definitions.Members() : [])
        {
            _references.Define(name, Node(definition));
        }

        var node = Node(root);
        _references.Bind();
        return new CompiledSchema(node);
    }

    private SchemaNode Node(SchemaPart part)
    {
        switch (part.Json.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return new ConstantNode(part.Json.GetBoolean());
            case not JsonValueKind.Object:
                part.Wrong("A schema is an object, true or false.");
                return new ConstantNode(true);
        }

        foreach (var keyword in part.Json.EnumerateObject().Where(keyword => !Known.Contains(keyword.Name) && !Annotations.Contains(keyword.Name)))
        {
            part.Under(keyword).Wrong($"This keyword is not carried out. Known: {string.Join(", ", Known)}; annotations: {string.Join(", ", Annotations)}.");
        }

        if (part.Pointer.Length > 0 && part.Has("$defs", out var definitions))
        {
            definitions.Wrong("$defs stand at the schema's root.");
        }

        var reference = part.Has("$ref", out var target) ? _references.Read(target) : null;
        return reference is not null && part.Json.EnumerateObject().All(keyword => keyword.Name == "$ref" || Annotations.Contains(keyword.Name))
            ? reference
            : new ValueNode
            {
                Types = Types(part),
                Fixed = Fixed(part),
                Object = Object(part),
                Array = Array(part),
                Number = Number(part),
                Text = Text(part),
                Combined = Combined(part, reference),
            };
    }

    private static JsonTypes Types(SchemaPart part)
    {
        if (!part.Has("type", out var type))
        {
            return JsonTypes.Any;
        }

        var types = JsonTypes.None;
        foreach (var name in type.Json.ValueKind == JsonValueKind.Array ? [.. type.Json.EnumerateArray()] : (JsonElement[])[type.Json])
        {
            if (name.ValueKind == JsonValueKind.String && TypeNames.All.TryGetValue(name.GetString()!, out var known))
            {
                types |= known;
            }
            else
            {
                type.Wrong($"There is no such type. Allowed: {string.Join(", ", TypeNames.All.Keys)}.");
            }
        }

        return types == JsonTypes.None ? JsonTypes.Any : types;
    }

    private static List<ReadOnlyMemory<byte>>? Fixed(SchemaPart part)
    {
        var listed = part.Has("enum", out var list) ? list.Elements("An array of at least one value is needed here.").ConvertAll(value => value.Canonical()) : [];
        return part.Has("const", out var constant) ? [constant.Canonical()] : listed.Count > 0 ? listed : null;
    }

    private ObjectRules? Object(SchemaPart part)
    {
        if (!part.HasAny("properties", "required", "additionalProperties", "minProperties", "maxProperties"))
        {
            return null;
        }

        var properties = part.Has("properties", out var named) ? named.Members().ToDictionary(member => member.Name, member => Node(member.Part)) : [];
        var required = part.Has("required", out var list) ? list.Names() : [];
        var hasOthers = part.Has("additionalProperties", out var others);
        var closed = hasOthers && others.Json.ValueKind == JsonValueKind.False;
        var additional = hasOthers && !closed ? Node(others) : null;
        foreach (var name in required.Where(name => !properties.ContainsKey(name)))
        {
            if (closed)
            {
                list.Wrong($"{name} is required, and neither in properties nor allowed beside them.");
            }

            properties[name] = additional ?? new ConstantNode(true);
        }

        return new ObjectRules
        {
            Properties = [.. properties.OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => new PropertyRule(property.Key, property.Value, required.Contains(property.Key)))],
            AllowsOthers = !closed,
            Additional = additional,
            Min = part.Count("minProperties") ?? 0,
            Max = part.Count("maxProperties") ?? int.MaxValue,
            NamesTags = properties.Keys.Any(name => name.StartsWith('$')),
        };
    }

    private ArrayRules? Array(SchemaPart part) => !part.HasAny("items", "prefixItems", "minItems", "maxItems", "uniqueItems") ? null : new ArrayRules
    {
        Prefix = Nodes(part, "prefixItems") ?? [],
        Items = part.Has("items", out var items) ? Node(items) : null,
        Min = part.Count("minItems") ?? 0,
        Max = part.Count("maxItems") ?? int.MaxValue,
        Unique = part.Has("uniqueItems", out var unique) && unique.Flag(),
    };

    private static NumberRules? Number(SchemaPart part) => !part.HasAny("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf") ? null : new NumberRules
    {
        Min = part.Number("minimum") ?? double.NegativeInfinity,
        Max = part.Number("maximum") ?? double.PositiveInfinity,
        Above = part.Number("exclusiveMinimum") ?? double.NegativeInfinity,
        Below = part.Number("exclusiveMaximum") ?? double.PositiveInfinity,
        MultipleOf = part.Number("multipleOf", above: 0),
    };

    private static TextRules? Text(SchemaPart part) => !part.HasAny("minLength", "maxLength", "pattern") ? null : new TextRules
    {
        Min = part.Count("minLength") ?? 0,
        Max = part.Count("maxLength") ?? int.MaxValue,
        Pattern = part.Has("pattern", out var pattern) ? pattern.Pattern() : null,
    };

    private CombinedRules? Combined(SchemaPart part, SchemaNode? reference) => reference is null && !part.HasAny("allOf", "anyOf", "oneOf", "not") ? null : new CombinedRules
    {
        All = [.. reference is null ? (SchemaNode[])[] : [reference], .. Nodes(part, "allOf") ?? []],
        Any = Nodes(part, "anyOf"),
        One = Nodes(part, "oneOf"),
        Not = part.Has("not", out var not) ? Node(not) : null,
    };

    private List<SchemaNode>? Nodes(SchemaPart part, string keyword) =>
        !part.Has(keyword, out var list) ? null
        : list.Elements("An array of at least one schema is needed here.") is { Count: > 0 } schemas ? schemas.ConvertAll(Node)
        : [new ConstantNode(true)];
}
