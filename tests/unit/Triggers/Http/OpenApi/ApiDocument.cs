using System.Text.Json;
using MyriadSync.Triggers.Http;

namespace MyriadSync.UnitTests.Triggers.Http.OpenApi;

/// <summary>docs/openapi.json, as it travels within the app.</summary>
internal static class ApiDocument
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head", "options"];

    /// <summary>The document.</summary>
    public static JsonElement Root { get; } = Read();

    /// <summary>Every operation.</summary>
    public static IEnumerable<ApiOperation> Operations =>
        from path in Root.GetProperty("paths").EnumerateObject()
        from member in path.Value.EnumerateObject()
        where Methods.Contains(member.Name)
        select new ApiOperation(path.Name, member.Name, member.Value, Parameters(path.Value, member.Value));

    /// <summary>What a <c>$ref</c> leads to; the element itself when it is none.</summary>
    public static JsonElement Resolve(JsonElement element) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty("$ref", out var reference)
        ? reference.GetString()!.TrimStart('#', '/').Split('/').Aggregate(Root, (node, name) => node.GetProperty(name))
        : element;

    /// <summary>Names of an enumerated schema.</summary>
    public static IEnumerable<string> Enumerated(string schema) =>
        Root.GetProperty("components").GetProperty("schemas").GetProperty(schema).GetProperty("enum").EnumerateArray().Select(name => name.GetString()!);

    private static List<JsonElement> Parameters(params JsonElement[] owners) =>
        [.. owners.Where(owner => owner.TryGetProperty("parameters", out _)).SelectMany(owner => owner.GetProperty("parameters").EnumerateArray()).Select(Resolve)];

    private static JsonElement Read()
    {
        using var stream = typeof(Routes).Assembly.GetManifestResourceStream("openapi.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
