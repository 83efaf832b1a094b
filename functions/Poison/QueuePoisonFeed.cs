using System.Text.Json;
using Azure.Storage.Queues;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Wire;
using MyriadSync.Payloads;

namespace MyriadSync.Poison;

/// <summary>Sends poison items over the queue <c>sync-poison</c>, the item itself as a claim check.</summary>
internal sealed class QueuePoisonFeed(QueueServiceClient service, IPayloadStore payloads) : IPoisonFeed
{
    /// <summary>A message holds 48 KiB; details of a cluster can be long.</summary>
    private const int MaxText = 4000;

    /// <summary>Storage would drop messages after a week.</summary>
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    private readonly QueueClient _queue = service.GetQueueClient(StorageNames.PoisonQueue);

    public async Task SendParkedAsync(string dataset, IReadOnlyList<OutcomesRow> rows, string traceParent, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            foreach (var outcome in row.Outcomes.Where(outcome => outcome.PoisonId is not null))
            {
                var payload = "parked/" + outcome.PoisonId;
                await payloads.PutAsync(payload, outcome.Parked!.Value, cancellationToken);
                await SendAsync(
                    new PoisonItem
                    {
                        PoisonId = outcome.PoisonId!,
                        Kind = PoisonKinds.Change,
                        Dataset = dataset,
                        Store = outcome.Record?.Store ?? "",
                        Key = outcome.Record?.Key.Encoded ?? "",
                        ClientId = row.ClientId,
                        BatchId = row.BatchId,
                        Seq = outcome.Seq,
                        Reason = outcome.Reason ?? "",
                        Detail = outcome.Detail ?? "",
                        Payload = payload,
                        TraceParent = traceParent,
                    },
                    cancellationToken);
            }
        }
    }

    public async Task SendHeldAsync(string dataset, IReadOnlyList<HeldRow> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            var item = PoisonItem.Of(dataset, row);
            await payloads.PutAsync(item.Payload, ChangeWriter.Write(row.Entry), cancellationToken);
            await SendAsync(item, cancellationToken);
        }
    }

    public async Task SendReleasedAsync(string dataset, IReadOnlyList<HeldRow> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            await SendAsync(PoisonItem.Of(dataset, row) with { Released = true, By = row.ReleasedBy }, cancellationToken);
        }
    }

    public async Task SendRowAsync(string dataset, BadRow row, CancellationToken cancellationToken)
    {
        var id = BatchScope.RowId(dataset, row.Record, row.NewestCell);
        var payload = "rows/" + id;
        await payloads.PutAsync(payload, row.Item, cancellationToken);
        await SendAsync(
            new PoisonItem
            {
                PoisonId = id,
                Kind = PoisonKinds.Row,
                Dataset = dataset,
                Store = row.Record.Store,
                Key = row.Record.Key.Encoded,
                Reason = row.Reason,
                Detail = row.Detail,
                Payload = payload,
            },
            cancellationToken);
    }

    private async Task SendAsync(PoisonItem item, CancellationToken cancellationToken)
    {
        var message = JsonSerializer.SerializeToUtf8Bytes(item with { Reason = Cut(item.Reason), Detail = Cut(item.Detail) }, PoisonJson.Default.PoisonItem);
        await StorageErrors.GuardAsync(() => _queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken), cancellationToken);
        await StorageErrors.GuardAsync(() => _queue.SendMessageAsync(new BinaryData(message), timeToLive: Forever, cancellationToken: cancellationToken), cancellationToken);
    }

    private static string Cut(string text) => text.Length <= MaxText ? text : text[..MaxText];
}
