using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>What holds for a whole resolution.</summary>
internal sealed record ResolveSettings
{
    /// <summary>Who made the batch.</summary>
    public required string ClientId { get; init; }

    /// <summary>The server's clock, ms since 1970.</summary>
    public required long ServerMs { get; init; }

    /// <summary>How far (ms) a client's clock may run ahead of it.</summary>
    public required int ClockAheadMs { get; init; }

    /// <summary>HBase timestamp (ms) of the commit to come.</summary>
    public required long CommitTs { get; init; }

    /// <summary>What a record's value must keep to.</summary>
    public required ValueLimits Limits { get; init; }

    /// <summary>Seq of the request's first change: pointers count from it.</summary>
    public required long FirstSeq { get; init; }

    /// <summary>All or nothing.</summary>
    public required bool Atomic { get; init; }

    /// <summary>
    /// The changes win, whatever policy and clocks say, on top of the record as it is now: somebody has decided. Only what is invalid is still refused. A
    /// patch of a deleted record makes a record of what it sets.
    /// </summary>
    public bool Force { get; init; }

    /// <summary>
    /// The changes come later than their client's order says (a redrive): what the client itself did to the record meanwhile counts as done in ignorance of
    /// them, like anybody else's work.
    /// </summary>
    public bool OutOfOrder { get; init; }
}
