using System.Text.Json;
using MyriadSync.Pipeline.Transform.Schema;

namespace MyriadSync.Cli.Types;

/// <summary>A sound JSON Schema as a TypeScript type: as narrow as types can say, and never narrower than the schema.</summary>
internal sealed class SchemaType(JsonElement root)
{
    private const int MaxDepth = 8;

    private static readonly Dictionary<string, string> Tags = new()
    {
        ["date"] = "Date",
        ["binary"] = "Uint8Array",
        ["bigint"] = "bigint",
        ["map"] = "Map<unknown, unknown>",
        ["set"] = "Set<unknown>",
        ["undefined"] = "undefined",
        ["number"] = "number",
    };

    private int _depth;

    /// <summary>The type of a value that holds.</summary>
    public string Of(JsonElement schema, string indent)
    {
        // A schema that refers to itself has no end.
        if (_depth == MaxDepth || schema.ValueKind != JsonValueKind.Object)
        {
            return schema.ValueKind == JsonValueKind.False ? "never" : "unknown";
        }

        _depth++;
        var types = Parts(schema, indent).Distinct().Where(type => type != "unknown").ToList();
        _depth--;
        return types.Count == 0 ? "unknown" : types.Count == 1 ? types[0] : string.Join(" & ", types.Select(Grouped));
    }

    private IEnumerable<string> Parts(JsonElement schema, string indent)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            yield return Reference(reference.GetString()!, indent);
        }

        if (schema.TryGetProperty("const", out var constant))
        {
            yield return Fixed([constant]);
        }
        else if (schema.TryGetProperty("enum", out var values))
        {
            yield return Fixed(values.EnumerateArray());
        }
        else
        {
            yield return Typed(schema, indent);
        }

        if (schema.TryGetProperty("allOf", out var all))
        {
            foreach (var part in all.EnumerateArray())
            {
                yield return Of(part, indent);
            }
        }

        foreach (var keyword in (string[])["anyOf", "oneOf"])
        {
            if (schema.TryGetProperty(keyword, out var choices))
            {
                yield return Union(choices.EnumerateArray().Select(choice => Of(choice, indent)));
            }
        }
    }

    private string Reference(string reference, string indent) => reference.StartsWith(TagNode.Prefix, StringComparison.Ordinal)
        ? Tags[reference[TagNode.Prefix.Length..]]
        : Of(root.GetProperty("$defs").GetProperty(reference["#/$defs/".Length..]), indent);

    private string Typed(JsonElement schema, string indent)
    {
        var names = !schema.TryGetProperty("type", out var type)
            ? Implied(schema)
            : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(name => name.GetString()!)] : (IReadOnlyList<string>)[type.GetString()!];
        return names.Count == 0 ? "unknown" : Union(names.Select(name => name switch
        {
            "object" => Object(schema, indent),
            "array" => Array(schema, indent),
            "number" or "integer" => "number",
            _ => name,
        }));
    }

    /// <summary>Without a type, <c>properties</c> and <c>items</c> speak of one only; a tag can only be an object.</summary>
    private static IReadOnlyList<string> Implied(JsonElement schema) =>
        schema.TryGetProperty("properties", out var properties) && properties.EnumerateObject().Any(property => property.Name.StartsWith('$')) ? ["object"] : [];

    private string Object(JsonElement schema, string indent)
    {
        var properties = schema.TryGetProperty("properties", out var named) ? named.EnumerateObject().ToList() : [];
        if (properties.Select(property => property.Name).FirstOrDefault(name => name.StartsWith('$') && Tags.ContainsKey(name[1..])) is { } tag)
        {
            return tag == "$set" && named.GetProperty(tag) is { ValueKind: JsonValueKind.Object } set && set.TryGetProperty("items", out var element)
                ? $"Set<{Of(element, indent)}>"
                : Tags[tag[1..]];
        }

        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet() : [];
        var closed = schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.False;
        if (properties.Count == 0 && required.Count == 0)
        {
            return closed ? "Record<string, never>" : "Record<string, unknown>";
        }

        var inner = indent + "  ";
        var members = properties.Select(property => Comment(property.Value, inner)
            + $"{inner}{TypeText.Name(property.Name)}{(required.Contains(property.Name) ? "" : "?")}: {Of(property.Value, inner)};\n")
            .Concat(required.Where(name => properties.TrueForAll(property => property.Name != name)).Select(name => $"{inner}{TypeText.Name(name)}: unknown;\n"))
            .Concat(closed ? [] : [$"{inner}[other: string]: unknown;\n"]);
        return $"{{\n{string.Concat(members)}{indent}}}";
    }

    private string Array(JsonElement schema, string indent)
    {
        var items = schema.TryGetProperty("items", out var element) ? Of(element, indent) : "unknown";
        if (!schema.TryGetProperty("prefixItems", out var first))
        {
            return $"{Grouped(items)}[]";
        }

        // Shorter arrays hold as well, unless minItems says otherwise.
        var least = schema.TryGetProperty("minItems", out var min) ? min.GetInt32() : 0;
        var parts = first.EnumerateArray().Select((part, i) => i < least ? Of(part, indent) : Grouped(Of(part, indent)) + "?");
        var rest = items == "never" ? [] : (string[])[$"...{Grouped(items)}[]"];
        return $"[{string.Join(", ", parts.Concat(rest))}]";
    }

    private static string Comment(JsonElement schema, string indent) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("description", out var text) ? $"{indent}/** {TypeText.Comment(text.GetString()!)} */\n" : "";

    private static string Fixed(IEnumerable<JsonElement> values) => Union(values.Select(value => value.ValueKind switch
    {
        JsonValueKind.String => TypeText.Literal(value.GetString()!),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => value.GetRawText(),
        _ => "unknown",
    }));

    private static string Union(IEnumerable<string> types)
    {
        var all = types.Distinct().ToList();
        return all.Contains("unknown") ? "unknown" : string.Join(" | ", all);
    }

    private static string Grouped(string type) => type.Contains(" | ", StringComparison.Ordinal) || type.Contains(" & ", StringComparison.Ordinal) ? $"({type})" : type;
}
