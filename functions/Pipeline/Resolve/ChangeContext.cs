using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>What a policy knows besides the record and the change.</summary>
internal sealed record ChangeContext
{
    /// <summary>What holds for the whole resolution.</summary>
    public required ResolveSettings Settings { get; init; }

    /// <summary>When the edit was made, clamped to the server's clock.</summary>
    public required HybridTime At { get; init; }

    /// <summary>The client holds the record as it stands: its edit was made on just this state.</summary>
    public required bool ClientHolds { get; init; }

    /// <summary>The client's change before it, that this one builds on, is in conflict: so is this one, but for what adds up.</summary>
    public bool PredecessorInConflict { get; init; }

    /// <summary>With it: the record as the parked changes before this one would have left it.</summary>
    public RecordState? Ours { get; init; }
}
