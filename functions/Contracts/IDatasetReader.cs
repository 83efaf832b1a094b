namespace MyriadSync.Contracts;

/// <summary>Tells how a dataset stands.</summary>
public interface IDatasetReader
{
    /// <summary>Positions of the dataset's log; a dataset without a commit has seq 0.</summary>
    Task<DatasetState> ReadAsync(string dataset, CancellationToken cancellationToken);
}
