using Microsoft.Extensions.Options;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Wire;
using MyriadSync.Payloads;

namespace MyriadSync.Orchestration;

/// <summary>Keeps a batch's body between the push and its commit: small ones in the orchestration's input, larger ones as a claim check.</summary>
internal sealed class BatchLoader(IPayloadStore payloads, BatchMemory memory, IOptions<SyncLimits> limits)
{
    /// <summary>Durable keeps the input with every step, and moves what is larger than 45 KB to blobs by itself, slowly.</summary>
    private const int MaxInlineBytes = 6 * 1024;

    /// <summary>Bodies above this do not shrink to <see cref="MaxInlineBytes"/>, so that is not tried.</summary>
    private const int MaxTriedBytes = 16 * MaxInlineBytes;

    /// <summary>
    /// Waits after which the claim check is read anew, about an hour's worth: a lifecycle rule of the storage account deletes what nobody has read for
    /// weeks, and a batch waits for its cluster for as long as it takes.
    /// </summary>
    private const int WaitsARead = 60;

    /// <summary>Stores the body and completes the input with where it is.</summary>
    public async Task<SyncBatchInput> StoreAsync(SyncBatchInput input, string instanceId, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (body.Length <= MaxTriedBytes && PayloadCodec.Compress(body.Span) is { Length: <= MaxInlineBytes } compressed)
        {
            return input with { Inline = Convert.ToBase64String(compressed) };
        }

        // Named by its content: the same batch id with another body, refused elsewhere, must not replace what an orchestration is about to read.
        var name = $"{StorageNames.BatchesFolder}{instanceId}/{input.BodyHash}";
        await payloads.PutAsync(name, body, cancellationToken);
        return input with { Payload = name };
    }

    /// <summary>The batch; null: its claim check is gone, because it is settled.</summary>
    public async Task<Batch?> LoadAsync(SyncBatchInput input, string instanceId, CancellationToken cancellationToken)
    {
        var item = memory.Get(instanceId);
        if (item.Batch is not null && item.Batch.BodyHash != input.BodyHash)
        {
            // Pushed under the same id at the same time, while this one was already on its way: refused there, and no business of this run.
            memory.Forget(instanceId);
            item = memory.Get(instanceId);
        }

        if (item.Batch is not null && (input.Waits == 0 || input.Waits % WaitsARead != 0))
        {
            return item.Batch;
        }

        var body = input.Inline is not null
            ? PayloadCodec.Decompress(Convert.FromBase64String(input.Inline))
            : await payloads.GetAsync(input.Payload!, cancellationToken);
        if (body is null)
        {
            return item.Batch;
        }

        var reading = BatchReader.Read(body.Value.Span, limits.Value);
        return item.Batch = reading.Batch ?? throw new InvalidDataException("A stored batch no longer reads: were the limits lowered? Raise them again until it is through.");
    }

    /// <summary>Removes the claim check of a settled batch.</summary>
    public Task ReleaseAsync(SyncBatchInput input, CancellationToken cancellationToken) =>
        input.Payload is null ? Task.CompletedTask : payloads.DeleteAsync(input.Payload, cancellationToken);
}
