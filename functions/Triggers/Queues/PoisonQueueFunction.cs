using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Poison;

namespace MyriadSync.Triggers.Queues;

/// <summary>
/// Records what could not be processed, where operators look for it. The queue's own name ends like those of the runtime's poison queues, so it has none:
/// a message that cannot be read is recorded as what it is, and one of a newer format comes again until a newer version of the app takes it.
/// </summary>
internal sealed class PoisonQueueFunction(PoisonTable table, IPoisonSweep sweep, ILogger<PoisonQueueFunction> logger)
{
    /// <summary>Records one item.</summary>
    [Function("RecordPoison")]
    public Task RunAsync([QueueTrigger(StorageNames.PoisonQueue)] byte[] message, CancellationToken cancellationToken) =>
        LastResort.RecordAsync(StorageNames.PoisonQueue, message, () => RecordAsync(message, cancellationToken), sweep, logger, cancellationToken);

    private async Task RecordAsync(byte[] message, CancellationToken cancellationToken)
    {
        if (Read(message) is not { } item)
        {
            await sweep.SweepAsync(StorageNames.PoisonQueue, message, cancellationToken);
            return;
        }

        if (item.Version > 1)
        {
            throw new NewerFormatException("A message of queue " + StorageNames.PoisonQueue, item.Version, 1);
        }

        await table.RecordAsync(item, cancellationToken);
    }

    private static PoisonItem? Read(byte[] message)
    {
        try
        {
            return JsonSerializer.Deserialize(message, PoisonJson.Default.PoisonItem);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
