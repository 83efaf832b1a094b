using System.Text.Json.Nodes;

namespace MyriadSync.ReliabilityTests.Load;

/// <summary>What a client was told of one of its changes.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Rev">The rev.</param>
/// <param name="Value">The record in effect, where the answer holds it and it is not deleted.</param>
/// <param name="Detail">The rest, for people.</param>
public sealed record EditResult(string Outcome, long Rev, JsonObject? Value, string Detail)
{
    /// <summary>The change is in the log.</summary>
    public bool IsTaken => Outcome is "applied" or "merged";

    public static EditResult Read(JsonNode result) => new(
        (string)result["outcome"]!, (long)result["rev"]!, result["value"]?.AsObject(), result.ToJsonString());
}
