using MyriadSync.Contracts;

namespace MyriadSync.Orchestration.Redrives;

/// <summary>What became of one try to process an item after all. Exactly one of the first three is set.</summary>
internal sealed record RedriveVerdict
{
    /// <summary>It was processed; what it came to, for people.</summary>
    public string? Why { get; init; }

    /// <summary>It failed again.</summary>
    public Refusal? Failure { get; init; }

    /// <summary>Nothing can be said now, and nothing was lost: why to ask again later.</summary>
    public string? WaitReason { get; init; }

    /// <summary>What became of a client's change.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>The record's rev afterwards; 0 where there is none.</summary>
    public long Rev { get; init; }

    /// <summary>Id of the conflict that it ended in.</summary>
    public string? ConflictId { get; init; }

    /// <summary>True: the entry already says all this.</summary>
    public bool Recorded { get; init; }

    /// <summary>It was processed.</summary>
    public static RedriveVerdict Done(string why) => new() { Why = why };

    /// <summary>It failed again.</summary>
    public static RedriveVerdict Failed(string reason, string detail) => new() { Failure = new Refusal(reason, "", detail) };

    /// <summary>Ask again later.</summary>
    public static RedriveVerdict Wait(string reason) => new() { WaitReason = reason };
}
