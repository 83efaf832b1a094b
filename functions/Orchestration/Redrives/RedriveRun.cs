using MyriadSync.Poison;

namespace MyriadSync.Orchestration.Redrives;

/// <summary>What became of many entries.</summary>
internal sealed record RedriveRun
{
    /// <summary>The entries that were looked at, as they are now; ids without an entry are left out.</summary>
    public required IReadOnlyList<PoisonEntry> Entries { get; init; }

    /// <summary>The last one that is done with; null: nothing is left to go on with.</summary>
    public PoisonPosition? Next { get; init; }

    /// <summary>Why it stopped before its time; null: it did not.</summary>
    public string? WaitReason { get; init; }
}
