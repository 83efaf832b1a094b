using MyriadSync.Contracts;

namespace MyriadSync.Orchestration;

/// <summary>What a client is answered: how its batch stands, or what is wrong. Both null: there is no such batch.</summary>
public sealed record BatchReply
{
    /// <summary>How it stands.</summary>
    public BatchAnswer? Answer { get; init; }

    /// <summary>One of <see cref="Problems"/>.</summary>
    public string? Problem { get; init; }

    /// <summary>With a sequence gap or an unknown client: the seq to go on with.</summary>
    public long ExpectedSeq { get; init; }

    /// <summary>A reply with a problem.</summary>
    public static BatchReply Of(string problem, long expectedSeq = 0) => new() { Problem = problem, ExpectedSeq = expectedSeq };
}
