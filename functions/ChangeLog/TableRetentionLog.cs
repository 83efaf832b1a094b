using Azure;
using Azure.Data.Tables;

namespace MyriadSync.ChangeLog;

/// <summary>Retention on Azure Tables. Removing what is gone is no fault, so a run that broke off is simply run again.</summary>
internal sealed class TableRetentionLog(TableServiceClient service) : IRetentionLog
{
    /// <summary>Segments read at a time: they hold up to 1 MiB each, compressed.</summary>
    private const int PageRows = 32;

    private readonly TableClient _log = service.GetTableClient(StorageNames.ChangeLogTable);
    private readonly PartitionRows _rows = new(service.GetTableClient(StorageNames.ChangeLogTable));

    public async Task<IReadOnlyList<Segment>> ReadOldestAsync(string dataset, CancellationToken cancellationToken)
    {
        var (from, to) = (LogFormat.SegmentKey(0), LogFormat.SegmentKey(long.MaxValue));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {dataset} and RowKey ge {from} and RowKey le {to}");
        await foreach (var page in _rows.PagesAsync(filter, null, PageRows, cancellationToken))
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
        _rows.DropAsync(dataset, [.. segments.Select(segment => LogFormat.SegmentKey(segment.Last))], cancellationToken);

    public async Task<int> DropOutcomesAsync(string dataset, long upToSeq, long beforeMs, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {dataset} and RowKey ge {"out|"} and RowKey lt {"out}"} and HeadSeq le {upToSeq} and CommitTs lt {beforeMs}");
        var dropped = 0;
        await foreach (var page in _rows.PagesAsync(filter, ["RowKey"], LogFormat.MaxTransactionRows, cancellationToken))
        {
            await _rows.DropAsync(dataset, [.. page.Select(row => row.RowKey)], cancellationToken);
            dropped += page.Count;
        }

        return dropped;
    }
}
