using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>A change with its outcome, before it has a rev.</summary>
internal sealed record ResolvedChange
{
    /// <summary>The change.</summary>
    public required Change Change { get; init; }

    /// <summary>Its outcome.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The record; null when the change was refused before it had one.</summary>
    public RecordId? Record { get; init; }

    /// <summary>True: parked with both sides, for a person to decide. Always an <see cref="Outcome.Conflict"/>; one that is not parked is the client's to make anew.</summary>
    public bool Park => Parked is not null;

    /// <summary>
    /// What is parked: the change without those verbs that have taken effect already (counters, sets). Resolve it again with
    /// <see cref="ResolveSettings.Force"/> to let it win.
    /// </summary>
    public Change? Parked { get; init; }

    /// <summary>With <see cref="Park"/>: the record as the change would have left it, had it won. Changes of the same batch before it included.</summary>
    public RecordState? Ours { get; init; }

    /// <summary>With <see cref="Park"/>: the record that the change met, and that stays in effect.</summary>
    public RecordState? Theirs { get; init; }

    /// <summary>JSON Pointer into the request body.</summary>
    public string? Pointer { get; init; }

    /// <summary>Stable code of why.</summary>
    public string? Reason { get; init; }

    /// <summary>The same for people.</summary>
    public string? Detail { get; init; }
}
