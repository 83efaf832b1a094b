using System.Text.Json.Nodes;

namespace MyriadSync.ReliabilityTests.History;

/// <summary>A record as somebody has it; a null value is a tombstone.</summary>
public sealed record RecordVersion(long Rev, JsonObject? Value)
{
    public bool Equals(RecordVersion? other) => other is not null && Rev == other.Rev && JsonNode.DeepEquals(Value, other.Value);

    public override int GetHashCode() => Rev.GetHashCode();

    public override string ToString() => $"rev {Rev} {Value?.ToJsonString() ?? "deleted"}";
}
