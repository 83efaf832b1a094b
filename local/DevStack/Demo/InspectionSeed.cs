using System.Text.Json.Nodes;

namespace MyriadSync.DevStack.Demo;

/// <summary>Turns the inspections of the demo's file into changes; their days are counted from today.</summary>
internal static class InspectionSeed
{
    private const string DueInDays = "dueInDays";

    /// <summary>A put each, and one of the verdict where the file has one.</summary>
    public static IEnumerable<JsonObject> Changes(JsonArray inspections, DateTimeOffset now)
    {
        foreach (var inspection in inspections.Select(node => node!.DeepClone().AsObject()))
        {
            var id = inspection["id"]!.GetValue<string>();
            if (inspection[DueInDays] is { } days)
            {
                inspection.Remove(DueInDays);
                inspection["due"] = new JsonObject { ["$date"] = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(days.GetValue<int>()).ToUnixTimeMilliseconds() };
            }

            if (inspection["verdict"] is JsonObject verdict)
            {
                inspection.Remove("verdict");
                verdict["id"] = id;
                yield return SeedWire.Put("verdicts", id, verdict);
            }

            yield return SeedWire.Put("todos", id, inspection);
        }
    }
}
