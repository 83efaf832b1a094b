namespace MyriadSync.Contracts;

/// <summary>Reads single records as they stand, for people and for support.</summary>
public interface IRecordReader
{
    /// <summary>The record, or null when the cluster does not answer and the log does not know it.</summary>
    Task<RecordView?> ReadAsync(string dataset, RecordId id, CancellationToken cancellationToken);
}
