using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>Changes as a client writes them; <see cref="SyncClient"/> adds <c>seq</c> and <c>at</c> where they are not given.</summary>
public static class Change
{
    public static JsonObject Put(string store, JsonNode key, JsonNode value, long? @base = null) => With(store, key, "put", @base, ("value", value));

    public static JsonObject Delete(string store, JsonNode key, long? @base = null) => With(store, key, "delete", @base);

    public static JsonObject Patch(string store, JsonNode key, long? @base, params (string Verb, JsonNode Body)[] verbs) => With(store, key, "patch", @base, verbs);

    private static JsonObject With(string store, JsonNode key, string op, long? @base, params (string Name, JsonNode Value)[] members)
    {
        var change = new JsonObject { ["store"] = store, ["key"] = key.DeepClone(), ["op"] = op };
        if (@base is not null)
            change["base"] = @base;
        foreach (var (name, value) in members)
            change[name] = value;
        return change;
    }
}
