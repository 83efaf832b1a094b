using System.Text.Json.Serialization;

namespace MyriadSync.Orchestration;

/// <summary>A message of queue <c>sync-apply</c>: a dataset that the cluster is behind on.</summary>
public sealed record ApplyMessage
{
    /// <summary>Format of this message; a newer one is refused.</summary>
    [JsonPropertyName("v")]
    public int Version { get; init; } = 1;

    /// <summary>The dataset.</summary>
    [JsonPropertyName("dataset")]
    public required string Dataset { get; init; }

    /// <summary>How often the message came back because the cluster did not answer.</summary>
    [JsonPropertyName("tries")]
    public int Tries { get; init; }
}
