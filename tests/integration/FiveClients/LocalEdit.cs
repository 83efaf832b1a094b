using System.Globalization;
using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.FiveClients;

/// <summary>What a change makes of a record, as docs/API.md says it: a client shows its edits before the server has heard of them.</summary>
internal static class LocalEdit
{
    /// <summary>The record after the change; null: there is none.</summary>
    public static JsonObject? Apply(JsonObject? before, JsonObject change)
    {
        if ((string)change["op"]! != "patch")
            return change["value"]?.DeepClone().AsObject();

        var after = before?.DeepClone().AsObject() ?? [];
        foreach (var (pointer, value) in Verb(change, "set"))
            Parent(after, pointer, create: true)![Name(pointer)] = value!.DeepClone();
        foreach (var pointer in change["unset"]?.AsArray() ?? [])
            Parent(after, (string)pointer!, create: false)?.Remove(Name((string)pointer!));
        foreach (var (pointer, delta) in Verb(change, "inc"))
        {
            var parent = Parent(after, pointer, create: true)!;
            parent[Name(pointer)] = Sum(parent[Name(pointer)], delta!);
        }

        foreach (var (pointer, elements) in Verb(change, "add"))
        {
            var parent = Parent(after, pointer, create: true)!;
            var present = parent[Name(pointer)]?.AsArray() ?? [];
            parent[Name(pointer)] = new JsonArray([.. present.Concat(elements!.AsArray()).Select(Json.Text).Distinct().Select(text => JsonNode.Parse(text))]);
        }

        foreach (var (pointer, elements) in Verb(change, "remove"))
        {
            if (Parent(after, pointer, create: false) is { } parent && parent[Name(pointer)] is JsonArray present)
                parent[Name(pointer)] = new JsonArray([.. present.Select(Json.Text).Except(elements!.AsArray().Select(Json.Text)).Select(text => JsonNode.Parse(text))]);
        }

        return after;
    }

    /// <summary>The members of a patch's verb.</summary>
    public static JsonObject Verb(JsonObject change, string verb) => change[verb]?.AsObject() ?? [];

    /// <summary>A counter's number, be it a bigint or not; nothing counts as 0.</summary>
    public static long Number(JsonNode? counter) => counter switch
    {
        null => 0,
        JsonObject big => long.Parse((string)big["$bigint"]!, CultureInfo.InvariantCulture),
        _ => long.Parse(counter.ToJsonString(), CultureInfo.InvariantCulture),
    };

    private static JsonNode Sum(JsonNode? counter, JsonNode delta)
    {
        var sum = Number(counter) + Number(delta);
        return delta is JsonObject ? new JsonObject { ["$bigint"] = sum.ToString(CultureInfo.InvariantCulture) } : sum;
    }

    private static string Name(string pointer) => pointer[(pointer.LastIndexOf('/') + 1)..];

    private static JsonObject? Parent(JsonObject record, string pointer, bool create)
    {
        if (pointer.LastIndexOf('/') is var slash && slash == 0)
            return record;
        var name = pointer[1..slash];
        if (record[name] is null && create)
            record[name] = new JsonObject();
        return record[name] as JsonObject;
    }
}
