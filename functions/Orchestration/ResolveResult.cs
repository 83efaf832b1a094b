namespace MyriadSync.Orchestration;

/// <summary>Result of the resolve activity.</summary>
public sealed record ResolveResult
{
    /// <summary>The rows were too old: fetch again, at once.</summary>
    public bool FetchAgain { get; init; }

    /// <summary>Why to wait; null: no need to.</summary>
    public string? WaitReason { get; init; }

    /// <summary>One of <see cref="Contracts.Problems"/>.</summary>
    public string? Problem { get; init; }

    /// <summary>With a sequence gap: the seq to go on with.</summary>
    public long ExpectedSeq { get; init; }

    /// <summary>Otherwise every outcome is final; the log's seq that they rest on.</summary>
    public long HeadSeq { get; init; }
}
