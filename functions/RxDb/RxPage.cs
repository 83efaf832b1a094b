namespace MyriadSync.RxDb;

/// <summary>A page of documents, or why there is none.</summary>
internal sealed record RxPage
{
    /// <summary>Each document once, in the order of the log (of the keys, while it comes from the snapshot).</summary>
    public IReadOnlyList<RxDocument> Documents { get; init; } = [];

    /// <summary>Where to go on.</summary>
    public RxCheckpoint? Checkpoint { get; init; }

    /// <summary>Nothing more is there at the moment.</summary>
    public bool AtEnd { get; init; }

    /// <summary>One of <see cref="Contracts.Problems"/>: no page.</summary>
    public string? Problem { get; init; }

    /// <summary>More about it: why a checkpoint is gone.</summary>
    public string? Reason { get; init; }

    /// <summary>No page.</summary>
    public static RxPage Of(string problem, string? reason = null) => new() { Problem = problem, Reason = reason };
}
