using MyriadSync.Conflicts;
using MyriadSync.Contracts;

namespace MyriadSync.Orchestration.Resolutions;

/// <summary>What a person is answered about a conflict. All null: there is no such conflict.</summary>
internal sealed record ConflictReply
{
    /// <summary>The conflict as it is now.</summary>
    public ConflictEntry? Entry { get; init; }

    /// <summary>Both sides; null when they are not asked for, or no longer kept.</summary>
    public ParkedItem? Item { get; init; }

    /// <summary>The record as it is now; null when it is not asked for, or cannot be read now.</summary>
    public RecordInEffect? Current { get; init; }

    /// <summary>One of <see cref="Problems"/>.</summary>
    public string? Problem { get; init; }

    /// <summary>With <see cref="Problems.ResolutionRefused"/>: why.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Why to ask again later; nothing was lost.</summary>
    public string? WaitReason { get; init; }
}
