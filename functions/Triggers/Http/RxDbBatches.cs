using Microsoft.DurableTask.Client;
using MyriadSync.Contracts;
using MyriadSync.Orchestration;
using MyriadSync.RxDb;

namespace MyriadSync.Triggers.Http;

/// <summary>Sends the pushes of one request the way of all batches.</summary>
internal sealed class RxDbBatches(BatchDesk desk, DurableTaskClient durable, string dataset, BatchSender sender, TimeSpan wait) : IRowBatches
{
    /// <inheritdoc/>
    public Task<BatchReply> PushAsync(Batch batch, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        desk.PushAsync(durable, dataset, sender, batch, body, wait, cancellationToken);

    /// <inheritdoc/>
    public Task<BatchReply> FindAsync(string clientId, string batchId, CancellationToken cancellationToken) =>
        desk.FindAsync(durable, new BatchScope(dataset, clientId, batchId), sender, wait, cancellationToken);
}
