using System.Text.Json;
using System.Text.RegularExpressions;
using MyriadSync.Triggers.Http;

namespace MyriadSync.IntegrationTests.Docs;

/// <summary>Checks requests and answers by docs/openapi.json, more strictly than a client may: a member that is not described is a fault.</summary>
internal sealed class ApiSchema
{
    private const string Base = "/api/v1";

    private readonly JsonElement _root = Read();
    private readonly HashSet<string> _seen = [];
    private readonly HashSet<string> _operations = [];

    /// <summary>Described members of answers, and operations, that nothing has shown so far.</summary>
    public IEnumerable<string> Unseen => Described().Except(_seen).Concat(Operations().Select(operation => operation.Id).Except(_operations));

    /// <summary>What is wrong with an exchange; empty: nothing.</summary>
    /// <param name="method">Of the request.</param>
    /// <param name="path">Without the query.</param>
    /// <param name="status">Of the answer.</param>
    /// <param name="media">Media type of the answer; null: it has no body.</param>
    /// <param name="answer">The body, where it is JSON.</param>
    public IReadOnlyList<string> Check(string method, string path, int status, string? media, JsonElement? answer)
    {
        var operation = Operations().FirstOrDefault(known => known.Method == method && known.Path.IsMatch(path));
        if (operation.Id is null)
            return [$"{method} {path} is not described"];
        _operations.Add(operation.Id);
        if (!operation.Body.GetProperty("responses").TryGetProperty(status.ToString(provider: null), out var response))
            return [$"{operation.Id} does not describe {status}"];
        if (media is null)
            return [];
        if (!response.GetProperty("content").TryGetProperty(media, out var content))
            return [$"{operation.Id} describes no {media} for {status}"];
        var faults = new List<string>();
        if (answer is { } body)
            Check(content.GetProperty("schema"), body, operation.Id, "", faults);
        return faults;
    }

    private void Check(JsonElement schema, JsonElement value, string name, string at, List<string> faults)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            (schema, name) = (Resolve(reference.GetString()!), reference.GetString()!.Split('/')[^1]);
        if (schema.TryGetProperty("enum", out var names) && !names.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)))
            faults.Add($"{at}: {value} is none of {names}");
        if (schema.TryGetProperty("const", out var constant) && !JsonElement.DeepEquals(constant, value))
            faults.Add($"{at}: {value} is not {constant}");
        if (schema.TryGetProperty("type", out var type) && !IsOf(type, value))
            faults.Add($"{at}: {value} is not of type {type}");
        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(value.GetString()!, pattern.GetString()!))
            faults.Add($"{at}: {value} does not match {pattern}");
        if (schema.TryGetProperty("properties", out var properties) && value.ValueKind == JsonValueKind.Object)
            CheckMembers(schema, properties, value, name, at, faults);
        if (schema.TryGetProperty("items", out var items) && value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
                Check(items, item, name + "[]", at + "/-", faults);
        }
    }

    private void CheckMembers(JsonElement schema, JsonElement properties, JsonElement value, string name, string at, List<string> faults)
    {
        if (schema.TryGetProperty("required", out var required))
            faults.AddRange(required.EnumerateArray().Where(member => !value.TryGetProperty(member.GetString()!, out _)).Select(member => $"{at}/{member} is missing"));
        foreach (var member in value.EnumerateObject())
        {
            _seen.Add($"{name}/{member.Name}");
            if (properties.TryGetProperty(member.Name, out var property))
                Check(property, member.Value, $"{name}/{member.Name}", $"{at}/{member.Name}", faults);
            else if (!schema.TryGetProperty("additionalProperties", out _))
                faults.Add($"{at}/{member.Name} is not described");
        }
    }

    private static bool IsOf(JsonElement type, JsonElement value) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(one => IsOf(one, value))
        : type.GetString() switch
        {
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            var other => string.Equals(other, value.ValueKind.ToString(), StringComparison.OrdinalIgnoreCase),
        };

    /// <summary>Members of what the responses describe, by schema.</summary>
    private HashSet<string> Described()
    {
        var members = new HashSet<string>();
        foreach (var response in Operations().SelectMany(operation => operation.Body.GetProperty("responses").EnumerateObject()))
        {
            if (response.Value.TryGetProperty("content", out var content))
                content.EnumerateObject().ToList().ForEach(media => Collect(media.Value.GetProperty("schema"), "", members));
        }

        return members;
    }

    private void Collect(JsonElement schema, string name, HashSet<string> members)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            (schema, name) = (Resolve(reference.GetString()!), reference.GetString()!.Split('/')[^1]);
        if (schema.TryGetProperty("items", out var items))
            Collect(items, name + "[]", members);
        if (name.Length > 0 && schema.TryGetProperty("properties", out var properties))
        {
            foreach (var member in properties.EnumerateObject())
            {
                members.Add($"{name}/{member.Name}");
                Collect(member.Value, $"{name}/{member.Name}", members);
            }
        }
    }

    private IEnumerable<(string Id, string Method, Regex Path, JsonElement Body)> Operations() =>
        from path in _root.GetProperty("paths").EnumerateObject()
        from member in path.Value.EnumerateObject()
        where member.Name != "parameters"
        select (
            member.Value.GetProperty("operationId").GetString()!,
            member.Name.ToUpperInvariant(),
            new Regex("^" + Base + Regex.Replace(path.Name.Replace(".", @"\.", StringComparison.Ordinal), @"\{\w+\}", "[^/]+") + "$"),
            member.Value);

    private JsonElement Resolve(string reference) => reference.TrimStart('#', '/').Split('/').Aggregate(_root, (node, name) => node.GetProperty(name));

    private static JsonElement Read()
    {
        using var stream = typeof(Routes).Assembly.GetManifestResourceStream("openapi.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
