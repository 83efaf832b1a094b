using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using MyriadSync.Contracts.Values;

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

    private const string LocalPrefix = "#/$defs/";

    private static readonly string[] Annotations = ["title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment"];

    private readonly Dictionary<string, SchemaNode> _definitions = [];
    private readonly List<(ReferenceNode Node, string Name, string Pointer)> _references = [];

    /// <summary>The schema, as far as it is sound.</summary>
    public CompiledSchema Compile(JsonElement schema)
    {
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$defs", out var definitions))
        {
            foreach (var (name, definition) in Members(definitions, "/$defs"))
            {
                _definitions[name] = Node(definition, JsonPointers.Append("/$defs", name));
            }
        }

        var root = Node(schema, "");
        Bind();
        return new CompiledSchema(root);
    }

    private void Bind()
    {
        foreach (var (node, name, pointer) in _references)
        {
            node.Target = _definitions.GetValueOrDefault(name);
            if (node.Target is null)
            {
                fault(pointer, $"There is no {LocalPrefix}{name}.");
                node.Target = new ConstantNode(true);
            }
        }

        foreach (var (node, _, pointer) in _references.Where(reference => LeadsToItself(reference.Node)))
        {
            fault(pointer, "This reference leads to itself.");
            node.Target = new ConstantNode(true);
        }
    }

    /// <summary>True when following nothing but references comes back: checking a value would never end.</summary>
    private static bool LeadsToItself(ReferenceNode node)
    {
        var seen = new HashSet<SchemaNode>();
        SchemaNode? at = node;
        while (at is ReferenceNode reference && seen.Add(reference))
        {
            at = reference.Target;
        }

        return at is ReferenceNode;
    }

    private SchemaNode Node(JsonElement schema, string pointer)
    {
        switch (schema.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return new ConstantNode(schema.GetBoolean());
            case not JsonValueKind.Object:
                fault(pointer, "A schema is an object, true or false.");
                return new ConstantNode(true);
        }

        foreach (var keyword in schema.EnumerateObject().Where(keyword => !Known.Contains(keyword.Name) && !Annotations.Contains(keyword.Name)))
        {
            fault(JsonPointers.Append(pointer, keyword.Name), $"This keyword is not carried out. Known: {string.Join(", ", Known)}; annotations: {string.Join(", ", Annotations)}.");
        }

        if (pointer.Length > 0 && schema.TryGetProperty("$defs", out _))
        {
            fault(pointer + "/$defs", "$defs stand at the schema's root.");
        }

        var reference = schema.TryGetProperty("$ref", out var target) ? Reference(target, pointer + "/$ref") : null;
        return reference is not null && schema.EnumerateObject().All(keyword => keyword.Name == "$ref" || Annotations.Contains(keyword.Name))
            ? reference
            : new ValueNode
            {
                Types = Types(schema, pointer),
                Fixed = Fixed(schema, pointer),
                Object = Object(schema, pointer),
                Array = Array(schema, pointer),
                Number = Number(schema, pointer),
                Text = Text(schema, pointer),
                Combined = Combined(schema, pointer, reference),
            };
    }

    private SchemaNode Reference(JsonElement target, string pointer)
    {
        var text = target.ValueKind == JsonValueKind.String ? target.GetString()! : "";
        if (text.StartsWith(TagNode.Prefix, StringComparison.Ordinal) && TagNode.Names.Contains(text[TagNode.Prefix.Length..]))
        {
            return new TagNode(text[TagNode.Prefix.Length..]);
        }

        var node = new ReferenceNode();
        if (text.StartsWith(LocalPrefix, StringComparison.Ordinal))
        {
            _references.Add((node, text[LocalPrefix.Length..], pointer));
            return node;
        }

        fault(pointer, $"A reference names {LocalPrefix}… of this schema, or one of the tags {string.Join(", ", TagNode.Names.Select(name => TagNode.Prefix + name))}.");
        return new ConstantNode(true);
    }

    private JsonTypes Types(JsonElement schema, string pointer)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return JsonTypes.Any;
        }

        var types = JsonTypes.None;
        foreach (var name in type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray()] : (JsonElement[])[type])
        {
            if (name.ValueKind == JsonValueKind.String && TypeNames.All.TryGetValue(name.GetString()!, out var known))
            {
                types |= known;
            }
            else
            {
                fault(pointer + "/type", $"There is no such type. Allowed: {string.Join(", ", TypeNames.All.Keys)}.");
            }
        }

        return types == JsonTypes.None ? JsonTypes.Any : types;
    }

    private List<ReadOnlyMemory<byte>>? Fixed(JsonElement schema, string pointer)
    {
        List<ReadOnlyMemory<byte>>? values = null;
        if (schema.TryGetProperty("enum", out var list))
        {
            if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
            {
                fault(pointer + "/enum", "An array of at least one value is needed here.");
                return null;
            }

            values = [.. list.EnumerateArray().Select((value, i) => Canonical(value, FormattableString.Invariant($"{pointer}/enum/{i}")))];
        }

        if (schema.TryGetProperty("const", out var constant))
        {
            values = [Canonical(constant, pointer + "/const")];
        }

        return values;
    }

    private ReadOnlyMemory<byte> Canonical(JsonElement value, string pointer)
    {
        if (CanonicalJson.TryRead(JsonMarshal.GetRawUtf8Value(value), ValueLimits.Default, out var json, out var refusal))
        {
            return json;
        }

        fault(pointer + refusal.Pointer, $"This is no value that a record may have: {refusal.Detail}");
        return default;
    }

    private ObjectRules? Object(JsonElement schema, string pointer)
    {
        string[] keywords = ["properties", "required", "additionalProperties", "minProperties", "maxProperties"];
        if (!keywords.Any(keyword => schema.TryGetProperty(keyword, out _)))
        {
            return null;
        }

        var properties = schema.TryGetProperty("properties", out var named)
            ? Members(named, pointer + "/properties").ToDictionary(member => member.Name, member => Node(member.Value, JsonPointers.Append(pointer + "/properties", member.Name)))
            : [];
        var required = schema.TryGetProperty("required", out var list) ? Names(list, pointer + "/required") : [];
        var additional = schema.TryGetProperty("additionalProperties", out var others) ? others : (JsonElement?)null;
        var closed = additional?.ValueKind == JsonValueKind.False;
        foreach (var name in required.Where(name => !properties.ContainsKey(name)))
        {
            if (closed)
            {
                fault(pointer + "/required", $"{name} is required, and neither in properties nor allowed beside them.");
            }

            properties[name] = additional is { ValueKind: JsonValueKind.Object } rule ? Node(rule, pointer + "/additionalProperties") : new ConstantNode(true);
        }

        return new ObjectRules
        {
            Properties = [.. properties.OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => new PropertyRule(property.Key, property.Value, required.Contains(property.Key)))],
            AllowsOthers = !closed,
            Additional = additional is null || closed ? null : Node(additional.Value, pointer + "/additionalProperties"),
            Min = Count(schema, "minProperties", pointer) ?? 0,
            Max = Count(schema, "maxProperties", pointer) ?? int.MaxValue,
            NamesTags = properties.Keys.Any(name => name.StartsWith('$')),
        };
    }

    private ArrayRules? Array(JsonElement schema, string pointer)
    {
        string[] keywords = ["items", "prefixItems", "minItems", "maxItems", "uniqueItems"];
        return !keywords.Any(keyword => schema.TryGetProperty(keyword, out _)) ? null : new ArrayRules
        {
            Prefix = schema.TryGetProperty("prefixItems", out _) ? Nodes(schema, "prefixItems", pointer) : [],
            Items = schema.TryGetProperty("items", out var items) ? Node(items, pointer + "/items") : null,
            Min = Count(schema, "minItems", pointer) ?? 0,
            Max = Count(schema, "maxItems", pointer) ?? int.MaxValue,
            Unique = schema.TryGetProperty("uniqueItems", out var unique) && Flag(unique, pointer + "/uniqueItems"),
        };
    }

    private NumberRules? Number(JsonElement schema, string pointer)
    {
        string[] keywords = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
        return !keywords.Any(keyword => schema.TryGetProperty(keyword, out _)) ? null : new NumberRules
        {
            Min = Number(schema, "minimum", pointer) ?? double.NegativeInfinity,
            Max = Number(schema, "maximum", pointer) ?? double.PositiveInfinity,
            Above = Number(schema, "exclusiveMinimum", pointer) ?? double.NegativeInfinity,
            Below = Number(schema, "exclusiveMaximum", pointer) ?? double.PositiveInfinity,
            MultipleOf = Number(schema, "multipleOf", pointer, above: 0),
        };
    }

    private TextRules? Text(JsonElement schema, string pointer)
    {
        string[] keywords = ["minLength", "maxLength", "pattern"];
        return !keywords.Any(keyword => schema.TryGetProperty(keyword, out _)) ? null : new TextRules
        {
            Min = Count(schema, "minLength", pointer) ?? 0,
            Max = Count(schema, "maxLength", pointer) ?? int.MaxValue,
            Pattern = schema.TryGetProperty("pattern", out var pattern) ? Pattern(pattern, pointer + "/pattern") : null,
        };
    }

    /// <summary>Matched in linear time, whatever the text: a client must not be able to keep the server busy with one.</summary>
    private Regex? Pattern(JsonElement pattern, string pointer)
    {
        try
        {
            return new Regex(pattern.ValueKind == JsonValueKind.String ? pattern.GetString()! : "(", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            fault(pointer, "A regular expression is needed here, without look-around and back-references.");
            return null;
        }
    }

    private CombinedRules? Combined(JsonElement schema, string pointer, SchemaNode? reference)
    {
        string[] keywords = ["allOf", "anyOf", "oneOf", "not"];
        return reference is null && !keywords.Any(keyword => schema.TryGetProperty(keyword, out _)) ? null : new CombinedRules
        {
            All = [.. reference is null ? (SchemaNode[])[] : [reference], .. schema.TryGetProperty("allOf", out _) ? Nodes(schema, "allOf", pointer) : []],
            Any = schema.TryGetProperty("anyOf", out _) ? Nodes(schema, "anyOf", pointer) : null,
            One = schema.TryGetProperty("oneOf", out _) ? Nodes(schema, "oneOf", pointer) : null,
            Not = schema.TryGetProperty("not", out var not) ? Node(not, pointer + "/not") : null,
        };
    }

    private List<SchemaNode> Nodes(JsonElement schema, string keyword, string pointer)
    {
        var list = schema.GetProperty(keyword);
        if (list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0)
        {
            return [.. list.EnumerateArray().Select((node, i) => Node(node, FormattableString.Invariant($"{pointer}/{keyword}/{i}")))];
        }

        fault($"{pointer}/{keyword}", "An array of at least one schema is needed here.");
        return [new ConstantNode(true)];
    }

    private IEnumerable<(string Name, JsonElement Value)> Members(JsonElement value, string pointer)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            return [.. value.EnumerateObject().Select(member => (member.Name, member.Value))];
        }

        fault(pointer, "An object of schemas is needed here.");
        return [];
    }

    private List<string> Names(JsonElement list, string pointer)
    {
        if (list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String))
        {
            return [.. list.EnumerateArray().Select(name => name.GetString()!)];
        }

        fault(pointer, "An array of names is needed here.");
        return [];
    }

    private int? Count(JsonElement schema, string keyword, string pointer)
    {
        if (!schema.TryGetProperty(keyword, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0)
        {
            return count;
        }

        fault($"{pointer}/{keyword}", "A whole number from 0 is needed here.");
        return null;
    }

    private double? Number(JsonElement schema, string keyword, string pointer, double above = double.NegativeInfinity)
    {
        if (!schema.TryGetProperty(keyword, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && double.IsFinite(number) && number > above)
        {
            return number;
        }

        fault($"{pointer}/{keyword}", above == 0 ? "A number above 0 is needed here." : "A number is needed here.");
        return null;
    }

    private bool Flag(JsonElement value, string pointer)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        fault(pointer, "true or false is needed here.");
        return false;
    }
}
