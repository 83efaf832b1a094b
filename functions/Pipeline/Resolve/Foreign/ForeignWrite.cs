namespace MyriadSync.Pipeline.Resolve.Foreign;

/// <summary>What somebody on the cluster did to one record since sync last looked.</summary>
internal sealed record ForeignWrite
{
    /// <summary>Cells that are neither ours nor judged before, hidden ones included; the newest per field.</summary>
    public IReadOnlyList<ForeignCell> Cells { get; init; } = [];

    /// <summary>Timestamp (ms) of a deletion of the whole record; null: it was not deleted.</summary>
    public long? DeletedAt { get; init; }
}
