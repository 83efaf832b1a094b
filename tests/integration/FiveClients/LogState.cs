using System.Text.Json.Nodes;
using MyriadSync.ChangeLog;

namespace MyriadSync.IntegrationTests.FiveClients;

/// <summary>An entry of the log, and its record before and after it.</summary>
/// <param name="Rev">Its rev.</param>
/// <param name="Record">The record.</param>
/// <param name="By">Author.</param>
/// <param name="BatchId">The client's batch; empty: an operator's doing.</param>
/// <param name="Cause">Poison or conflict id.</param>
/// <param name="Before">The record before.</param>
/// <param name="After">The record after.</param>
internal sealed record LogState(long Rev, RecordName Record, string By, string BatchId, string? Cause, JsonObject? Before, JsonObject? After)
{
    /// <summary>The log as states.</summary>
    public static IReadOnlyList<LogState> Of(IReadOnlyList<Segment> segments)
    {
        var states = new List<LogState>();
        var records = new Dictionary<RecordName, JsonObject?>();
        foreach (var segment in segments)
        {
            foreach (var entry in segment.Entries)
            {
                var record = new RecordName(entry.Store, Json.Text(JsonNode.Parse(Keys.Json(entry.Key))));
                var after = entry.Value is { } value ? JsonNode.Parse(Keys.Json(value))!.AsObject() : null;
                states.Add(new LogState(entry.Rev, record, entry.By, segment.BatchId, entry.Cause, records.GetValueOrDefault(record), after));
                records[record] = after;
            }
        }

        return states;
    }

    /// <summary>Pointers to what the entry changed, one level into objects.</summary>
    public IEnumerable<string> Changed() => Pointers(Before).Union(Pointers(After)).Where(pointer => Json.Text(Json.At(Before, pointer)) != Json.Text(Json.At(After, pointer)));

    public override string ToString() => $"rev {Rev} of {Record} by {By} {BatchId} {Cause}: {Json.Text(Before)} -> {Json.Text(After)}";

    private static IEnumerable<string> Pointers(JsonObject? value) => (value ?? []).SelectMany(member =>
        member is { Key: "place", Value: JsonObject { Count: > 0 } place } ? place.Select(inner => "/place/" + inner.Key) : ["/" + member.Key]);
}
