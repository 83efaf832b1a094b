using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.FiveClients;

/// <summary>
/// The stores: one for each policy, all of the same shape, which changed from schema version 1 to 2, and the two that come with the app.
/// </summary>
internal static class FiveStores
{
    public const string Todos = "todos";
    public const string Cities = "cities";
    public const string Custom = "custom";
    public const string Manual = "manual";
    public const string Reject = "reject";

    /// <summary>The name that the store file calls the resolver by.</summary>
    public const string Resolver = "moody";

    /// <summary>Policies whose store has their name.</summary>
    public static readonly IReadOnlyList<string> Policies = ["last-write-wins", "field-merge", "client-wins", "server-wins", Reject, Manual, Custom];

    /// <summary>All stores.</summary>
    public static readonly IReadOnlyList<string> All = [.. Policies, Todos, Cities];

    /// <summary>Writes the files.</summary>
    /// <returns>The folder.</returns>
    public static string Write(TemporaryFolder folder)
    {
        foreach (var shipped in new[] { Todos, Cities })
            File.Copy(Path.Combine(AppContext.BaseDirectory, StoreFolder.Shipped, shipped + ".json"), Path.Combine(folder.Path, shipped + ".json"));
        return StoreFolder.Write(folder, [.. Policies.Select(policy => (policy, Definition(policy).ToJsonString()))]);
    }

    /// <summary>A pointer of version 1 in version 2.</summary>
    public static string Lift(RecordName record, string pointer) => Policies.Contains(record.Store) && pointer == "/title" ? "/name" : pointer;

    /// <summary>A field's value of version 1 in version 2.</summary>
    public static JsonNode? Lift(RecordName record, string pointer, JsonNode? value) => (Policies.Contains(record.Store), pointer, (value as JsonValue)?.ToString()) switch
    {
        (true, "/state", "o") => "open",
        (true, "/state", "d") => "done",
        _ => value,
    };

    private static JsonObject Definition(string policy) => new()
    {
        ["store"] = policy,
        ["policy"] = policy == Custom ? new JsonObject { ["custom"] = Resolver } : policy,
        ["kinds"] = new JsonObject { ["/votes"] = "counter", ["/big"] = "counter", ["/tags"] = "set" },
        ["schema"] = JsonNode.Parse("""
            { "type": "object", "additionalProperties": false, "properties": {
                "name": { "type": "string" }, "state": { "enum": ["open", "done"] }, "stars": { "type": "integer" }, "due": { "$ref": "./store.schema.json#/$defs/date" },
                "votes": { "type": "integer" }, "big": { "$ref": "./store.schema.json#/$defs/bigint" }, "tags": { "type": "array", "items": { "type": "string" } },
                "place": { "type": "object", "additionalProperties": { "type": "string" } } } }
            """),
        ["mapping"] = JsonNode.Parse(policy is "field-merge" or "client-wins"
            ? """{ "fields": { "name": { "as": "utf8" }, "votes": { "column": "d:v", "as": "int64" }, "stars": { "as": "int64", "default": 0 } }, "constants": { "d:app": "five" } }"""
            : "{}"),
        ["migrations"] = JsonNode.Parse("""
            [ { "to": 2, "steps": [ { "rename": "/title", "to": "name" }, { "add": "/stars", "value": 0 },
                { "convert": "/state", "values": [["o", "open"], ["d", "done"]], "otherwise": "o" } ] } ]
            """),
    };
}
