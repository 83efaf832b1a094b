using System.Text.Json;
using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.FiveClients;

/// <summary>A change that was pushed, and what its client was told.</summary>
/// <param name="Client">The client.</param>
/// <param name="Version">Its schema version.</param>
/// <param name="BatchId">The batch.</param>
/// <param name="Record">The record.</param>
/// <param name="Change">The change as it was sent.</param>
/// <param name="Result">Its outcome.</param>
internal sealed record SentChange(string Client, int Version, string BatchId, RecordName Record, JsonObject Change, JsonElement Result)
{
    public string Op => (string)Change["op"]!;

    public long? Base => (long?)Change["base"];

    public long Rev => Result.GetProperty("rev").GetInt64();

    /// <summary>What became of it: at first its outcome, after a redrive that one's.</summary>
    public string Outcome { get; set; } = Result.GetProperty("outcome").GetString()!;

    public string? Reason => Text("reason");

    public string? PoisonId => Text("poisonId");

    public string? ConflictId => Text("conflictId");

    /// <summary>Something of it is in the record.</summary>
    public bool IsTaken => Outcome is "applied" or "merged";

    /// <summary>All of it is.</summary>
    public bool IsTakenWhole => Outcome == "applied" || (Outcome == "merged" && Reason is null);

    /// <summary>What it adds to counters and sets is in the record.</summary>
    public bool AddsUp => IsTaken || Reason == "partly-applied";

    /// <summary>Pointers, in the current version, that it may have written.</summary>
    public bool Touches(string pointer, bool created) => Op switch
    {
        "delete" => true,
        "put" => Version > 1 || created || pointer != "/stars",
        _ => created || Pointers().Any(touched => touched == pointer || pointer.StartsWith(touched + "/", StringComparison.Ordinal) || touched.StartsWith(pointer + "/", StringComparison.Ordinal)),
    };

    /// <summary>Pointers, in the current version, with the values that it sets.</summary>
    public IEnumerable<(string Pointer, JsonNode? Value)> Sets() => Op switch
    {
        "put" => Change["value"]!.AsObject().Select(member => Lifted("/" + member.Key, member.Value)),
        "patch" => LocalEdit.Verb(Change, "set").Select(member => Lifted(member.Key, member.Value)).Concat((Change["unset"]?.AsArray() ?? []).Select(pointer => Lifted((string)pointer!, null))),
        _ => [],
    };

    public override string ToString() => $"{Client}/v{Version} {BatchId} {Record} {Json.Text(Change)} -> {Outcome} {Result}";

    private IEnumerable<string> Pointers() =>
        Sets().Select(set => set.Pointer).Concat(new[] { "inc", "add", "remove" }.SelectMany(verb => LocalEdit.Verb(Change, verb)).Select(member => member.Key));

    private (string Pointer, JsonNode? Value) Lifted(string pointer, JsonNode? value) =>
        Version > 1 ? (pointer, value) : (FiveStores.Lift(Record, pointer), FiveStores.Lift(Record, pointer, value));

    private string? Text(string member) => Result.TryGetProperty(member, out var value) ? value.GetString() : null;
}
