using Azure;
using Azure.Data.Tables;
using MyriadSync.ChangeLog;

namespace MyriadSync.Poison;

/// <summary>Table <c>poison</c>: partition = dataset, row = poison id. What operators list, redrive and discard.</summary>
internal sealed class PoisonTable(TableServiceClient service, TimeProvider time)
{
    private const int Format = 1;

    private readonly TableClient _table = service.GetTableClient(StorageNames.PoisonTable);

    /// <summary>Records an item, once: an item that is there already is left as it is, whatever an operator made of it since.</summary>
    public async Task RecordAsync(PoisonItem item, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(item.Dataset, item.PoisonId)
        {
            [LogFormat.FormatProperty] = Format,
            ["Kind"] = item.Kind,
            ["Store"] = item.Store,
            ["RecordKey"] = item.Key,
            ["ClientId"] = item.ClientId,
            ["BatchId"] = item.BatchId,
            ["Seq"] = item.Seq,
            ["Reason"] = item.Reason,
            ["Detail"] = item.Detail,
            ["Payload"] = item.Payload,
            ["TraceParent"] = item.TraceParent,
            ["Attempts"] = 1,
            ["State"] = "open",
            ["FirstSeen"] = time.GetUtcNow(),
        };
        await StorageErrors.GuardAsync(() => _table.CreateIfNotExistsAsync(cancellationToken), cancellationToken);
        try
        {
            await StorageErrors.GuardAsync(() => _table.AddEntityAsync(entity, cancellationToken), cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Sent twice, recorded once.
        }
    }

    /// <summary>Whether an item is recorded.</summary>
    public async Task<bool> HasAsync(string dataset, string poisonId, CancellationToken cancellationToken)
    {
        await StorageErrors.GuardAsync(() => _table.CreateIfNotExistsAsync(cancellationToken), cancellationToken);
        var found = await StorageErrors.GuardAsync(
            () => _table.GetEntityIfExistsAsync<TableEntity>(dataset, poisonId, ["RowKey"], cancellationToken), cancellationToken);
        return found.HasValue;
    }
}
