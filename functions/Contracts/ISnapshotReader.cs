namespace MyriadSync.Contracts;

/// <summary>Reads a dataset's records as they stand: the initial load of a client.</summary>
public interface ISnapshotReader
{
    /// <summary>A page of records in row-key order.</summary>
    /// <param name="dataset">A valid dataset name.</param>
    /// <param name="scope">Which records. The stores asked for must be the same for all pages of a snapshot; what is hidden is judged page by page.</param>
    /// <param name="page">Token of the page, from the page before; null: the first page.</param>
    /// <param name="limit">Records wanted.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<SnapshotPage> ReadAsync(string dataset, ReadScope scope, string? page, int limit, CancellationToken cancellationToken);
}
