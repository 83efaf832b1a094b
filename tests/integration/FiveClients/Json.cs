using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.FiveClients;

/// <summary>JSON as text that is the same for equal values.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value with members in order.</summary>
    public static string Text(JsonNode? node) => Sorted(node)?.ToJsonString(Plain) ?? "null";

    /// <summary>A JSON text in that form.</summary>
    public static string Text(JsonElement element) => Text(JsonNode.Parse(element.GetRawText()));

    /// <summary>The members that a pointer of one or two names leads to, in a record; null: nothing is there.</summary>
    public static JsonNode? At(JsonObject? value, string pointer)
    {
        JsonNode? node = value;
        foreach (var name in pointer[1..].Split('/'))
            node = (node as JsonObject)?[name];
        return node;
    }

    /// <summary>The value is there, in an object perhaps with members beside it that others wrote.</summary>
    public static bool Holds(JsonNode? there, JsonNode? value) => value is JsonObject members && there is JsonObject
        ? members.All(member => Holds(there[member.Key], member.Value))
        : Text(there) == Text(value);

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray elements => new JsonArray([.. elements.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
