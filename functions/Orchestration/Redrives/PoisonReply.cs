using MyriadSync.Poison;

namespace MyriadSync.Orchestration.Redrives;

/// <summary>What an operator is answered about one entry. All null: there is no such entry.</summary>
internal sealed record PoisonReply
{
    /// <summary>The entry as it is now.</summary>
    public PoisonEntry? Entry { get; init; }

    /// <summary>One of <see cref="Contracts.Problems"/>.</summary>
    public string? Problem { get; init; }

    /// <summary>Why to ask again later; nothing was lost.</summary>
    public string? WaitReason { get; init; }
}
