using System.Text.Json.Serialization;

namespace MyriadSync.Poison;

/// <summary>A message of queue <c>sync-poison</c>: one thing that could not be processed. The item itself lies in a blob.</summary>
internal sealed record PoisonItem
{
    /// <summary>Format of this message; a newer one is refused.</summary>
    [JsonPropertyName("v")]
    public int Version { get; init; } = 1;

    /// <summary>Its id; the same however often it is sent.</summary>
    public required string PoisonId { get; init; }

    /// <summary><c>change</c> (parked at resolve) <c>held</c> (refused by the cluster) or <c>row</c> (left unreadable by a job).</summary>
    public required string Kind { get; init; }

    /// <summary>The dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>The record's store.</summary>
    public string Store { get; init; } = "";

    /// <summary>The record's encoded key.</summary>
    public string Key { get; init; } = "";

    /// <summary>The client; empty for a held record that a job wrote.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>The batch.</summary>
    public string BatchId { get; init; } = "";

    /// <summary>The client's seq, or the record's rev.</summary>
    public long Seq { get; init; }

    /// <summary>Stable code, or the cluster's own words.</summary>
    public required string Reason { get; init; }

    /// <summary>For people.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Name of the blob with the item as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>W3C trace context of the push; queue messages carry none by themselves.</summary>
    public string TraceParent { get; init; } = "";
}
