using System.Text.Json;
using Azure.Storage.Queues;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts.Keys;
using MyriadSync.Payloads;

namespace MyriadSync.Poison;

/// <summary>Sweeps messages straight into the table: over <c>sync-poison</c> they could end where they came from.</summary>
internal sealed class QueuePoisonSweep(QueueServiceClient service, IPayloadStore payloads, PoisonTable table) : IPoisonSweep
{
    /// <summary>Reason of every swept message; what went wrong is in the logs of its function.</summary>
    public const string Reason = "message-failed";

    /// <summary>Storage would drop messages after a week.</summary>
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    public async Task SweepAsync(string queue, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var id = PoisonIds.OfMessage(queue, content.Span);
        var payload = "messages/" + id;
        await payloads.PutAsync(payload, content, cancellationToken);
        await table.RecordAsync(
            new PoisonItem
            {
                PoisonId = id,
                Kind = PoisonKinds.Message,
                Dataset = DatasetOf(content),
                Reason = Reason,
                Detail = $"A message of queue {queue} cannot be processed; its function's log tells why.",
                Queue = queue,
                Payload = payload,
            },
            cancellationToken);
    }

    public async Task SendBackAsync(string queue, ReadOnlyMemory<byte> content, TimeSpan after, CancellationToken cancellationToken)
    {
        var client = service.GetQueueClient(queue);
        await StorageErrors.GuardAsync(() => client.CreateIfNotExistsAsync(cancellationToken: cancellationToken), cancellationToken);
        await StorageErrors.GuardAsync(() => client.SendMessageAsync(new BinaryData(content), after, timeToLive: Forever, cancellationToken: cancellationToken), cancellationToken);
    }

    /// <summary>The dataset that a message of ours names. Whatever else lies there must not fail the sweep: a <c>-poison</c> queue has none of its own.</summary>
    private static string DatasetOf(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("dataset", out var name) && name.ValueKind == JsonValueKind.String && NameRules.IsDataset(name.GetString())
                    ? name.GetString()!
                    : PoisonEntry.NoDataset;
        }
        catch (JsonException)
        {
            return PoisonEntry.NoDataset;
        }
    }
}
