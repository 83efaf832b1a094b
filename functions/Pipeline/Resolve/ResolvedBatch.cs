using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>A chunk of a batch, resolved.</summary>
internal sealed record ResolvedBatch
{
    /// <summary>One per change, in order.</summary>
    public required IReadOnlyList<ResolvedChange> Changes { get; init; }

    /// <summary>The records that changed: state before and after, in the order in which they first did. One each: all changes to a record are folded.</summary>
    public required IReadOnlyList<(RecordId Record, RecordState Before, RecordState After)> Effects { get; init; }
}
