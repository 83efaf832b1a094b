using System.Text.Json.Nodes;

namespace MyriadSync.ReliabilityTests.History;

/// <summary>An entry of the log as <c>GET …/changes</c> shows it.</summary>
/// <param name="Rev">Its rev.</param>
/// <param name="Record">The record.</param>
/// <param name="Value">The record from here on; null: deleted.</param>
/// <param name="By">The client.</param>
public sealed record LogLine(long Rev, RecordName Record, JsonObject? Value, string By)
{
    public static LogLine Read(JsonNode change) => new(
        (long)change["rev"]!,
        new RecordName((string)change["store"]!, (string)change["key"]!),
        (string?)change["op"] == "delete" ? null : change["value"]!.AsObject(),
        (string)change["by"]!);
}
