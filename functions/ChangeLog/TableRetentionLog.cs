using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace MyriadSync.ChangeLog;

/// <summary>Retention on Azure Tables. Removing what is gone is no fault, so a run that broke off is simply run again.</summary>
internal sealed class TableRetentionLog(TableServiceClient service) : IRetentionLog
{
    /// <summary>Segments read at a time: they hold up to 1 MiB each, compressed.</summary>
    private const int PageRows = 32;

    private readonly TableClient _log = service.GetTableClient(StorageNames.ChangeLogTable);

    public async Task<IReadOnlyList<Segment>> ReadOldestAsync(string dataset, CancellationToken cancellationToken)
    {
        var (from, to) = (LogFormat.SegmentKey(0), LogFormat.SegmentKey(long.MaxValue));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {dataset} and RowKey ge {from} and RowKey le {to}");
        await foreach (var page in PagesAsync(filter, null, PageRows, cancellationToken))
        {
            // Azure may answer an empty page and go on behind it.
            if (page.Count > 0)
            {
                return [.. page.Select(LogRows.ReadSegment)];
            }
        }

        return [];
    }

    public async Task<bool> RaiseOldestAsync(string dataset, HeadRow head, long oldestSeq, CancellationToken cancellationToken)
    {
        var row = LogRows.Write(dataset, head with { OldestSeq = oldestSeq });
        try
        {
            await StorageErrors.GuardAsync(() => _log.UpdateEntityAsync(row, new ETag(head.ETag), TableUpdateMode.Replace, cancellationToken), cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return false;
        }
    }

    public Task DropSegmentsAsync(string dataset, IReadOnlyList<Segment> segments, CancellationToken cancellationToken) =>
        DropAsync(dataset, [.. segments.Select(segment => LogFormat.SegmentKey(segment.Last))], cancellationToken);

    public async Task<int> DropOutcomesAsync(string dataset, long upToSeq, long beforeMs, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {dataset} and RowKey ge {"out|"} and RowKey lt {"out}"} and HeadSeq le {upToSeq} and CommitTs lt {beforeMs}");
        var dropped = 0;
        await foreach (var page in PagesAsync(filter, ["RowKey"], LogFormat.MaxTransactionRows, cancellationToken))
        {
            await DropAsync(dataset, [.. page.Select(row => row.RowKey)], cancellationToken);
            dropped += page.Count;
        }

        return dropped;
    }

    private async Task DropAsync(string dataset, IReadOnlyList<string> rowKeys, CancellationToken cancellationToken)
    {
        foreach (var chunk in rowKeys.Chunk(LogFormat.MaxTransactionRows))
        {
            try
            {
                var actions = chunk.Select(key => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(dataset, key), ETag.All)).ToList();
                await StorageErrors.GuardAsync(() => _log.SubmitTransactionAsync(actions, cancellationToken), cancellationToken);
            }
            catch (TableTransactionFailedException e) when (e.Status == 404)
            {
                // Another run was there before: one row that is gone fails the whole transaction.
                await DropSinglyAsync(dataset, chunk, cancellationToken);
            }
        }
    }

    private async Task DropSinglyAsync(string dataset, string[] rowKeys, CancellationToken cancellationToken)
    {
        foreach (var key in rowKeys)
        {
            await StorageErrors.GuardAsync(() => _log.DeleteEntityAsync(dataset, key, ETag.All, cancellationToken), cancellationToken);
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<TableEntity>> PagesAsync(
        string filter, IEnumerable<string>? select, int rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var pages = _log.QueryAsync<TableEntity>(filter, select: select, cancellationToken: cancellationToken)
            .AsPages(pageSizeHint: rows)
            .GetAsyncEnumerator(cancellationToken);
        while (await StorageErrors.GuardAsync(() => pages.MoveNextAsync().AsTask(), cancellationToken))
        {
            yield return pages.Current.Values;
        }
    }
}
