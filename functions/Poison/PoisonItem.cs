using System.Text.Json.Serialization;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;

namespace MyriadSync.Poison;

/// <summary>A message of queue <c>sync-poison</c>: one thing that could not be processed. The item itself lies in a blob.</summary>
internal sealed record PoisonItem
{
    /// <summary>Format of this message; a newer one is refused.</summary>
    [JsonPropertyName("v")]
    public int Version { get; init; } = 1;

    /// <summary>Its id; the same however often it is sent.</summary>
    public required string PoisonId { get; init; }

    /// <summary>One of <see cref="PoisonKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>The record's store.</summary>
    public string Store { get; init; } = "";

    /// <summary>The record's encoded key.</summary>
    public string Key { get; init; } = "";

    /// <summary>The client; empty where a job or a person wrote the record, and for a message.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>The batch.</summary>
    public string BatchId { get; init; } = "";

    /// <summary>The client's seq, or a held record's rev; 0 otherwise.</summary>
    public long Seq { get; init; }

    /// <summary>Stable code, or the cluster's own words.</summary>
    public required string Reason { get; init; }

    /// <summary>For people.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Name of the blob with the item: JSON, but for a message, which is as it was.</summary>
    public required string Payload { get; init; }

    /// <summary>The queue that a message is from; empty otherwise.</summary>
    public string Queue { get; init; } = "";

    /// <summary>Of a held record: an operator's redrive of it was refused.</summary>
    public bool Redriven { get; init; }

    /// <summary>Of a held record: the cluster takes it again, which closes the entry.</summary>
    public bool Released { get; init; }

    /// <summary>With <see cref="Released"/>: who brought that about, a user or <c>myriad</c>.</summary>
    public string By { get; init; } = "";

    /// <summary>W3C trace context of the push; queue messages carry none by themselves.</summary>
    public string TraceParent { get; init; } = "";

    /// <summary>The item of a held record.</summary>
    public static PoisonItem Of(string dataset, HeldRow row) => new()
    {
        PoisonId = row.PoisonId,
        Kind = PoisonKinds.Held,
        Dataset = dataset,
        Store = row.Entry.Store,
        Key = row.Entry.Key.Encoded,
        ClientId = row.Entry.By is RecordState.Myriad or RecordState.Operator ? "" : row.Entry.By,
        Seq = row.Entry.Rev,
        Reason = row.Reason,
        Payload = "held/" + row.PoisonId,
        TraceParent = row.TraceParent,
        Redriven = row.Redriven,
    };
}
