using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>What a policy decides about one change.</summary>
internal sealed record Resolution
{
    /// <summary>The outcome for the client.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The record afterwards; the very state that came in when the change has no effect.</summary>
    public required RecordState Next { get; init; }

    /// <summary>Pointer relative to the change, when rejected.</summary>
    public string? Pointer { get; init; }

    /// <summary>Stable code of why.</summary>
    public string? Reason { get; init; }

    /// <summary>The same for people.</summary>
    public string? Detail { get; init; }

    /// <summary>
    /// With <see cref="Outcome.Conflict"/>: what a person is to decide about; null: nothing is parked, the client has to make its edit anew. Without the verbs
    /// that have taken effect already (counters, sets), so that it can be carried out later as it is.
    /// </summary>
    public Change? Parked { get; init; }

    /// <summary>With <see cref="Parked"/>: the record as the change would leave it, if it were forced.</summary>
    public RecordState? Ours { get; init; }

    /// <summary>The value may be what it was, and yet there is something to remember: elements were added to a set once more, or taken out in ignorance of other adds.</summary>
    public bool Refreshed { get; init; }
}
