namespace MyriadSync.Contracts;

/// <summary>The outcome of one change of a batch.</summary>
public sealed record ChangeResult
{
    /// <summary>The client's seq.</summary>
    public required long Seq { get; init; }

    /// <summary>What became of it.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>For <see cref="Outcome.Duplicate"/>: what became of it the first time; null when that is no longer kept.</summary>
    public Outcome? Original { get; init; }

    /// <summary>The rev of the record that the client should now hold; 0 when there is none.</summary>
    public long Rev { get; init; }

    /// <summary>The record in effect, for every outcome but <see cref="Outcome.Applied"/>.</summary>
    public RecordInEffect? Record { get; init; }

    /// <summary>JSON Pointer into the request body, for a rejected change.</summary>
    public string? Pointer { get; init; }

    /// <summary>Stable code (kebab-case) of why.</summary>
    public string? Reason { get; init; }

    /// <summary>The same for people.</summary>
    public string? Detail { get; init; }

    /// <summary>Id of the parked change, when poisoned.</summary>
    public string? PoisonId { get; init; }

    /// <summary>Id of the conflict, when left open.</summary>
    public string? ConflictId { get; init; }
}
