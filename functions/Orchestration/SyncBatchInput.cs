namespace MyriadSync.Orchestration;

/// <summary>Input of <see cref="SyncBatchOrchestrator"/> and of its activities: small, because Durable stores it with every step.</summary>
public sealed record SyncBatchInput
{
    /// <summary>The dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>The user who sent the batch.</summary>
    public required string Sub { get; init; }

    /// <summary>Those of the user's roles that stores' files name.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The client.</summary>
    public required string ClientId { get; init; }

    /// <summary>The batch.</summary>
    public required string BatchId { get; init; }

    /// <summary>Hash of the body: the same batch id with another body is refused.</summary>
    public required string BodyHash { get; init; }

    /// <summary>Client seq of the first change.</summary>
    public required long FirstSeq { get; init; }

    /// <summary>Client seq of the last change.</summary>
    public required long LastSeq { get; init; }

    /// <summary>The compressed body as base64, when it is small.</summary>
    public string? Inline { get; init; }

    /// <summary>Otherwise the name of its claim check.</summary>
    public string? Payload { get; init; }

    /// <summary>W3C trace context of the push.</summary>
    public string TraceParent { get; init; } = "";

    /// <summary>Since when the batch waits before its commit (UTC); null: it does not.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>How often it has waited: the next pause follows from it.</summary>
    public int Waits { get; init; }
}
