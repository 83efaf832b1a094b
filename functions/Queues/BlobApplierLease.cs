using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using MyriadSync.ChangeLog;
using MyriadSync.Orchestration;

namespace MyriadSync.Queues;

/// <summary>Leases on a blob per dataset.</summary>
internal sealed class BlobApplierLease(BlobServiceClient service) : IApplierLease
{
    /// <summary>The longest that Azure gives; a holder that needs longer shares the work with the next one.</summary>
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    private readonly BlobContainerClient _container = service.GetBlobContainerClient(StorageNames.LeaseContainer);

    public async Task<IAsyncDisposable?> TryAcquireAsync(string dataset, CancellationToken cancellationToken)
    {
        await StorageErrors.GuardAsync(() => _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken), cancellationToken);
        var blob = _container.GetBlobClient(dataset);
        try
        {
            await StorageErrors.GuardAsync(
                () => blob.UploadAsync(BinaryData.Empty, new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, cancellationToken),
                cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // It is there already; leased or not, the next call tells.
        }

        var lease = blob.GetBlobLeaseClient();
        try
        {
            await StorageErrors.GuardAsync(() => lease.AcquireAsync(Duration, cancellationToken: cancellationToken), cancellationToken);
            return new Held(lease);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return null;
        }
    }

    private sealed class Held(BlobLeaseClient lease) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await lease.ReleaseAsync();
            }
            catch (Exception e) when (e is RequestFailedException or AggregateException or IOException or OperationCanceledException)
            {
                // Ran out, or storage is away, whichever way the SDK tells of that: it ends by itself.
            }
        }
    }
}
