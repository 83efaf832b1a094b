using MyriadSync.Contracts;

namespace MyriadSync.Orchestration.Stages;

/// <summary>Rows read from the cluster for a batch.</summary>
internal sealed record FetchedRows
{
    /// <summary>Epoch of the log when they were read; null before its first commit.</summary>
    public required string? Epoch { get; init; }

    /// <summary><c>applied</c> before they were read: entries up to here show in them.</summary>
    public required long AppliedSeq { get; init; }

    /// <summary>State by record. A record that the log knew better was not read and is not here.</summary>
    public required IReadOnlyDictionary<RecordId, RecordState> States { get; init; }
}
