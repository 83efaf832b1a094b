using MyriadSync.Contracts;

namespace MyriadSync.ChangeLog;

/// <summary>What is kept of one change's outcome, so that a repeat gets the same answer.</summary>
internal sealed record StoredOutcome
{
    /// <summary>The client's seq.</summary>
    public required long Seq { get; init; }

    /// <summary>Tells a repeat (same digest) from a fork.</summary>
    public required ReadOnlyMemory<byte> Digest { get; init; }

    /// <summary>What became of it.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The rev of the record that the client should hold afterwards.</summary>
    public required long Rev { get; init; }

    /// <summary>Which record, for every outcome but applied: its state is given with the answer.</summary>
    public RecordId? Record { get; init; }

    /// <summary>JSON Pointer into the request, when rejected.</summary>
    public string? Pointer { get; init; }

    /// <summary>Stable code of why.</summary>
    public string? Reason { get; init; }

    /// <summary>The same for people.</summary>
    public string? Detail { get; init; }

    /// <summary>Id of the parked change.</summary>
    public string? PoisonId { get; init; }

    /// <summary>Id of the conflict.</summary>
    public string? ConflictId { get; init; }

    /// <summary>What is parked (<see cref="ParkedItem"/>), as JSON; null when nothing is, and for all changes of a conflict but the first.</summary>
    public ReadOnlyMemory<byte>? Parked { get; init; }
}
