using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Resolve.Merge;

/// <summary>How a change is merged in.</summary>
internal sealed record MergeScope
{
    public required MergeMode Mode { get; init; }

    public required KindMap Kinds { get; init; }

    public required Knowledge Known { get; init; }

    /// <summary>
    /// What of counters and sets the change knows. Other than <see cref="Known"/> for an edit that a person lets win: it comes to know the whole record, but what
    /// others counted since it was made is not undone by that, and what they made of an object on its way is still news to it.
    /// </summary>
    public required Knowledge KnownSums { get; init; }

    /// <summary>Whose change it is: the author of what it writes.</summary>
    public required string ClientId { get; init; }

    public required HybridTime At { get; init; }

    /// <summary><see cref="At"/> as it is compared.</summary>
    public required string AtText { get; init; }

    public required long CommitTs { get; init; }

    public required ValueLimits Limits { get; init; }

    /// <summary>The time under which the change is kept at a place it wrote in knowledge of, or won against, <paramref name="above"/>: cause beats clock.</summary>
    public HybridTime Lifted(string above) =>
        string.CompareOrdinal(AtText, above) > 0 || !HybridTime.TryParse(above, out var floor) ? At : HybridTime.After(floor, ClientId);
}
