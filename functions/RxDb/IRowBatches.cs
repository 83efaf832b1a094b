using MyriadSync.Contracts;
using MyriadSync.Orchestration;

namespace MyriadSync.RxDb;

/// <summary>Where pushes go as batches, on behalf of one user; waits for their commit as long as an answer may take.</summary>
internal interface IRowBatches
{
    /// <summary>Takes a batch in.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="body">The same as it would have come in: what is kept until the commit.</param>
    /// <param name="cancellationToken">Cancels the wait, not the batch.</param>
    Task<BatchReply> PushAsync(Batch batch, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);

    /// <summary>How a batch stands that was sent before.</summary>
    Task<BatchReply> FindAsync(string clientId, string batchId, CancellationToken cancellationToken);
}
