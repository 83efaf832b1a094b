using System.Text.Json;
using Azure.Storage.Queues;
using MyriadSync.ChangeLog;
using MyriadSync.Orchestration;

namespace MyriadSync.Queues;

/// <summary>The queue <c>sync-apply</c> in Azure Storage.</summary>
internal sealed class StorageApplyQueue(QueueServiceClient service) : IApplyQueue
{
    private readonly QueueClient _queue = service.GetQueueClient(StorageNames.ApplyQueue);

    public async Task SendAsync(ApplyMessage message, TimeSpan delay, CancellationToken cancellationToken)
    {
        var body = new BinaryData(JsonSerializer.SerializeToUtf8Bytes(message, ApplyJson.Default.ApplyMessage));
        await StorageErrors.GuardAsync(() => _queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken), cancellationToken);
        await StorageErrors.GuardAsync(() => _queue.SendMessageAsync(body, visibilityTimeout: delay, cancellationToken: cancellationToken), cancellationToken);
    }
}
