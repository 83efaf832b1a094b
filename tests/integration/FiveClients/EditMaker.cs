using System.Globalization;
using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.FiveClients;

/// <summary>What the user of a client thinks of: random edits of shared records, of counted ones, and of the user's own.</summary>
internal sealed class EditMaker(string clientId, int version, Random random)
{
    private const int Countries = 3;

    private int _marks;

    /// <summary>Makes an edit.</summary>
    /// <param name="local">The records as the client shows them.</param>
    /// <param name="isPending">Whether an edit of the record waits in the outbox.</param>
    public (RecordName Record, JsonObject Change) Next(Func<RecordName, JsonObject?> local, Func<RecordName, bool> isPending)
    {
        var record = Record();
        var before = local(record);
        var isPlain = FiveStores.Policies.Contains(record.Store);
        var change = new JsonObject { ["store"] = record.Store, ["key"] = JsonNode.Parse(record.Key) };
        if (before is not null && !record.IsCounted && random.Next(12) == 0)
            change["op"] = "delete";
        else if ((before is null && (!isPlain || random.Next(3) > 0)) || (random.Next(5) == 0 && !(record.IsCounted && isPending(record))))
            (change["op"], change["value"]) = ("put", Value(record, before));
        else
            Patch(change, record, before);
        return (record, change);
    }

    private RecordName Record()
    {
        var store = FiveStores.All[random.Next(FiveStores.All.Count)];
        var isPlain = FiveStores.Policies.Contains(store);
        return new RecordName(store, random.Next(8) switch
        {
            0 => $"\"own-{clientId}-{random.Next(2)}\"",
            1 or 2 => store == FiveStores.Cities ? "\"berlin\"" : "\"count\"",
            3 when isPlain => "7",
            4 when isPlain => """["b",2]""",
            5 when isPlain => """{"$date":1}""",
            _ => $"\"k{random.Next(2)}\"",
        });
    }

    /// <summary>A new record, or the one that there is with other fields.</summary>
    private JsonObject Value(RecordName record, JsonObject? before)
    {
        var value = before?.DeepClone().AsObject() ?? record.Store switch
        {
            FiveStores.Todos => new JsonObject { ["id"] = JsonNode.Parse(record.Key), ["title"] = Mark() },
            FiveStores.Cities => new JsonObject { ["name"] = Mark(), ["country"] = "DE", ["lat"] = 52.5, ["lng"] = 13.25 },
            _ => new JsonObject { ["place"] = new JsonObject { ["a"] = Mark() } },
        };
        foreach (var (pointer, field) in Fields(record.Store).Where(field => field.Pointer.LastIndexOf('/') == 0))
            value[pointer[1..]] = field;
        return value;
    }

    private void Patch(JsonObject change, RecordName record, JsonObject? before)
    {
        change["op"] = "patch";
        var adds = record.Store != FiveStores.Cities && (record.IsCounted || random.Next(2) == 0);
        if (!adds || random.Next(3) == 0)
            change["set"] = new JsonObject(Fields(record.Store).Select(field => KeyValuePair.Create(field.Pointer, (JsonNode?)field.Value)));
        if (!adds && Optional(record.Store) is { } optional && random.Next(4) == 0 && !change["set"]!.AsObject().Any(set => Overlap(set.Key, optional)))
            change["unset"] = new JsonArray(optional);
        if (random.Next(60) == 0)
            change["set"] = new JsonObject { [record.Store switch { FiveStores.Todos => "/priority", FiveStores.Cities => "/country", _ => "/state" }] = "wrong" };
        if (adds)
            AddUp(change, record, before);
    }

    private void AddUp(JsonObject change, RecordName record, JsonObject? before)
    {
        var amount = random.Next(1, 9);
        change["inc"] = record.Store == FiveStores.Todos || random.Next(2) == 0
            ? new JsonObject { ["/votes"] = amount }
            : new JsonObject { ["/big"] = new JsonObject { ["$bigint"] = amount.ToString(CultureInfo.InvariantCulture) } };
        if (random.Next(2) == 0)
            change["add"] = new JsonObject { ["/tags"] = new JsonArray(Mark()) };
        if (before?["tags"] is JsonArray { Count: > 0 } tags && random.Next(3) == 0)
            change["remove"] = new JsonObject { ["/tags"] = new JsonArray(tags[random.Next(tags.Count)]!.DeepClone()) };
    }

    /// <summary>One or two fields that do not lie in each other.</summary>
    private List<(string Pointer, JsonNode Value)> Fields(string store)
    {
        var fields = new List<(string Pointer, JsonNode Value)> { Field(store) };
        if (random.Next(2) == 0 && Field(store) is var second && !Overlap(second.Pointer, fields[0].Pointer))
            fields.Add(second);
        return fields;
    }

    private (string Pointer, JsonNode Value) Field(string store) => (store, random.Next(6)) switch
    {
        (FiveStores.Todos, 0) => ("/done", random.Next(2) == 0),
        (FiveStores.Todos, 1) => ("/due", Date()),
        (FiveStores.Todos, 2) => ("/place/name", Mark()),
        (FiveStores.Todos, 3) => ("/place/lat", random.Next(90)),
        (FiveStores.Todos, _) => ("/title", Mark()),
        (FiveStores.Cities, 0) => ("/lat", random.Next(-90, 90)),
        (FiveStores.Cities, 1) => ("/country", new[] { "DE", "FR", "IT" }[random.Next(Countries)]),
        (FiveStores.Cities, 2) => ("/population", random.Next()),
        (FiveStores.Cities, 3) => ("/admin1", Mark()),
        (FiveStores.Cities, _) => ("/name", Mark()),
        (_, 0) => ("/state", new[] { "o", "d", "open", "done" }[random.Next(2) + (version > 1 ? 2 : 0)]),
        (_, 1) => version > 1 ? ("/stars", random.Next(5)) : ("/due", Date()),
        (_, 2) => ("/place/a", Mark()),
        (_, 3) => ("/place/b", Mark()),
        (_, 4) => ("/place", new JsonObject { ["a"] = Mark(), ["c"] = Mark() }),
        _ => (version > 1 ? "/name" : "/title", Mark()),
    };

    private static string? Optional(string store) => store switch
    {
        FiveStores.Todos => "/due",
        FiveStores.Cities => "/population",
        _ => "/place/b",
    };

    private static bool Overlap(string one, string other) =>
        one == other || one.StartsWith(other + "/", StringComparison.Ordinal) || other.StartsWith(one + "/", StringComparison.Ordinal);

    private JsonObject Date() => new() { ["$date"] = random.Next() };

    /// <summary>Text that no other edit writes.</summary>
    private string Mark() => $"{clientId}/{++_marks}";
}
