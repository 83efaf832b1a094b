using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MyriadSync.ChangeLog;

namespace MyriadSync.Payloads;

/// <summary>Claim checks as blobs, compressed. The first byte is the format.</summary>
internal sealed class BlobPayloadStore(BlobServiceClient service) : IPayloadStore
{
    private const byte Format = 1;

    private readonly BlobContainerClient _container = service.GetBlobContainerClient(StorageNames.PayloadContainer);
    private Task? _created;

    public async Task PutAsync(string name, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        byte[] stored = [Format, .. PayloadCodec.Compress(payload.Span)];
        await StorageErrors.GuardAsync(() => _container.GetBlobClient(name).UploadAsync(new BinaryData(stored), overwrite: true, cancellationToken), cancellationToken);
    }

    public async Task<ReadOnlyMemory<byte>?> GetAsync(string name, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        try
        {
            var reply = await StorageErrors.GuardAsync(() => _container.GetBlobClient(name).DownloadContentAsync(cancellationToken), cancellationToken);
            var stored = reply.Value.Content.ToMemory();
            return stored.Span[0] <= Format
                ? PayloadCodec.Decompress(stored[1..])
                : throw new Contracts.NewerFormatException($"Blob {name}", stored.Span[0], Format);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        await StorageErrors.GuardAsync(() => _container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellationToken), cancellationToken);
    }

    public async IAsyncEnumerable<StoredPayload> ListAsync(string prefix, DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        await using var blobs = _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await StorageErrors.GuardAsync(() => blobs.MoveNextAsync().AsTask(), cancellationToken))
        {
            if (blobs.Current.Properties is { LastModified: { } modified, ETag: { } etag } && modified < before)
            {
                yield return new StoredPayload(blobs.Current.Name, etag.ToString());
            }
        }
    }

    public async Task<bool> DeleteUnchangedAsync(StoredPayload payload, CancellationToken cancellationToken)
    {
        var unchanged = new BlobRequestConditions { IfMatch = new ETag(payload.ETag) };
        try
        {
            var blob = _container.GetBlobClient(payload.Name);
            return await StorageErrors.GuardAsync(() => blob.DeleteIfExistsAsync(DeleteSnapshotsOption.None, unchanged, cancellationToken), cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            return false;
        }
    }

    /// <summary>Once a process; infra/ creates the container as well. A failed try is not remembered.</summary>
    private async Task EnsureCreatedAsync(CancellationToken cancellationToken)
    {
        if (_created is { IsCompletedSuccessfully: true })
        {
            return;
        }

        _created = StorageErrors.GuardAsync(() => _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken), cancellationToken);
        await _created;
    }
}
