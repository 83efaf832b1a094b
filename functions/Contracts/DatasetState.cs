namespace MyriadSync.Contracts;

/// <summary>Positions of a dataset's log.</summary>
public sealed record DatasetState
{
    /// <summary>The log's epoch; null before the first commit.</summary>
    public string? Epoch { get; init; }

    /// <summary>Last committed seq.</summary>
    public long Head { get; init; }

    /// <summary>Every entry up to here is on the cluster.</summary>
    public long Applied { get; init; }

    /// <summary>Oldest seq that a cursor may name.</summary>
    public long OldestSeq { get; init; }
}
