using Azure;
using Azure.Data.Tables;
using MyriadSync.Contracts;

namespace MyriadSync.ChangeLog;

/// <summary>Rebuilds on Azure Tables. Head and <c>applied</c> change in one transaction, against what was read of them.</summary>
internal sealed class TableRebuiltLog(TableServiceClient service) : IRebuiltLog
{
    private const int PageRows = 1000;

    private readonly TableClient _log = service.GetTableClient(StorageNames.ChangeLogTable);
    private readonly TableClient _datasets = service.GetTableClient(StorageNames.DatasetsTable);
    private readonly PartitionRows _rows = new(service.GetTableClient(StorageNames.ChangeLogTable));

    public async Task<(long Seq, long CommitTs)> ReadBehindHeadAsync(string dataset, long headSeq, CancellationToken cancellationToken)
    {
        var (seq, commitTs) = (0L, 0L);
        var (from, to) = (LogFormat.SegmentKey(headSeq + 1), LogFormat.SegmentKey(long.MaxValue));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {dataset} and RowKey ge {from} and RowKey le {to}");
        await foreach (var page in _rows.PagesAsync(filter, ["RowKey", "First", "Count", "CommitTs"], PageRows, cancellationToken))
        {
            foreach (var row in page)
            {
                seq = Math.Max(seq, row.GetInt64("First")!.Value + row.GetInt32("Count")!.Value - 1);
                commitTs = Math.Max(commitTs, row.GetInt64("CommitTs")!.Value);
            }
        }

        return (seq, commitTs);
    }

    public async Task NoteUsedAsync(string dataset, IReadOnlyCollection<string> clientIds, CancellationToken cancellationToken)
    {
        foreach (var chunk in clientIds.Chunk(LogFormat.MaxTransactionRows))
        {
            // In the place of the outcomes of the client's first changes: nobody asks for those any more, and the same row comes out however often it is written.
            var actions = chunk.Select(id => new TableTransactionAction(TableTransactionActionType.UpsertReplace, LogRows.Write(dataset, Used(id)))).ToList();
            await StorageErrors.GuardAsync(() => _log.SubmitTransactionAsync(actions, cancellationToken), cancellationToken);
        }
    }

    public async Task<int> ForgetClientsAsync(string dataset, CancellationToken cancellationToken)
    {
        var forgotten = 0;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {dataset} and RowKey ge {LogFormat.ClientKey("")} and RowKey lt {"client}"}");
        await foreach (var page in _rows.PagesAsync(filter, ["RowKey"], PageRows, cancellationToken))
        {
            await NoteUsedAsync(dataset, [.. page.Select(row => row.RowKey[LogFormat.ClientKey("").Length..])], cancellationToken);
            await _rows.DropAsync(dataset, [.. page.Select(row => row.RowKey)], cancellationToken);
            forgotten += page.Count;
        }

        return forgotten;
    }

    public async Task<bool> BeginAnewAsync(string dataset, HeadRow? head, AppliedRow applied, HeadRow next, CancellationToken cancellationToken)
    {
        await StorageErrors.GuardAsync(
            () => _datasets.UpsertEntityAsync(new TableEntity(TableChangeLog.DatasetsPartition, dataset), TableUpdateMode.Replace, cancellationToken), cancellationToken);
        try
        {
            List<TableTransactionAction> actions =
            [
                Put(LogRows.Write(dataset, next with { ETag = "" }), head?.ETag),
                Put(LogRows.Write(dataset, applied with { Seq = next.Seq, ETag = null }), applied.ETag),
            ];
            await StorageErrors.GuardAsync(() => _log.SubmitTransactionAsync(actions, cancellationToken), cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    // Retention drops outcomes by the age of their commit: this one never gets old.
    private static OutcomesRow Used(string clientId) => new()
    {
        ClientId = clientId,
        BatchId = "",
        BodyHash = "",
        HeadSeq = 0,
        CommitTs = long.MaxValue,
        Outcomes = [new StoredOutcome { Seq = 1, Digest = default, Outcome = Outcome.Duplicate, Rev = 0 }],
    };

    private static TableTransactionAction Put(TableEntity entity, string? etag) => etag is null
        ? new TableTransactionAction(TableTransactionActionType.Add, entity)
        : new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, new ETag(etag));
}
