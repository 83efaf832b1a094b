using System.Text.Json.Nodes;
using MyriadSync.ReliabilityTests.History;

namespace MyriadSync.ReliabilityTests.Load;

/// <summary>One change as a client sends it, and what it makes of a record according to docs/API.md.</summary>
public sealed record Edit
{
    public required long Seq { get; init; }

    public required RecordName Record { get; init; }

    /// <summary><c>put</c>, <c>patch</c> or <c>delete</c>.</summary>
    public required string Op { get; init; }

    /// <summary>Of a put.</summary>
    public JsonObject? Value { get; init; }

    /// <summary>What a patch adds, by field.</summary>
    public IReadOnlyDictionary<string, long> Inc { get; init; } = new Dictionary<string, long>();

    /// <summary>The rev that the edit was made on; null: the client knows no such record.</summary>
    public long? Base { get; init; }

    public required string At { get; init; }

    public JsonObject ToJson()
    {
        var change = new JsonObject { ["seq"] = Seq, ["store"] = Record.Store, ["key"] = Record.Key, ["op"] = Op, ["at"] = At };
        if (Base is not null)
            change["base"] = Base;
        if (Value is not null)
            change["value"] = Value.DeepClone();
        if (Op == "patch")
            change["inc"] = new JsonObject(Inc.Select(pair => KeyValuePair.Create("/" + pair.Key, (JsonNode?)pair.Value)));
        return change;
    }

    /// <summary>The record after this edit; null: there is none.</summary>
    public JsonObject? Apply(JsonObject? before)
    {
        if (Op != "patch")
            return Value;
        var after = before?.DeepClone().AsObject() ?? [];
        foreach (var (field, amount) in Inc)
            after[field] = ((long?)after[field] ?? 0) + amount;
        return after;
    }
}
