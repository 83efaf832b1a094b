using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.ChangeLog;

/// <summary>The change log in Azure Tables: one partition a dataset, so that a commit is one entity-group transaction.</summary>
/// <param name="service">The storage account's tables.</param>
/// <param name="mappings">What this process commits with: every segment names them, and the log keeps them for whoever applies it.</param>
internal sealed class TableChangeLog(TableServiceClient service, MappingSet mappings) : IChangeLog
{
    /// <summary>A range of client seqs that one outcomes row can cover: a batch's largest size.</summary>
    private const int MaxOutcomesSpan = 1000;

    /// <summary>Segments asked for at first.</summary>
    private const int FirstRows = 4;

    /// <summary>Segments asked for at most.</summary>
    private const int MaxRows = 256;

    /// <summary>Partition of <see cref="StorageNames.DatasetsTable"/> with a row a dataset.</summary>
    public const string DatasetsPartition = "datasets";

    private readonly TableClient _log = service.GetTableClient(StorageNames.ChangeLogTable);
    private readonly TableClient _datasets = service.GetTableClient(StorageNames.DatasetsTable);
    private readonly TableCommitter _committer = new(service, mappings);
    private Task? _created;

    public async Task<HeadRow?> ReadHeadAsync(string dataset, CancellationToken cancellationToken) =>
        await ReadAsync(dataset, LogFormat.Head, LogRows.ReadHead, cancellationToken);

    public async Task<AppliedRow> ReadAppliedAsync(string dataset, CancellationToken cancellationToken) =>
        await ReadAsync(dataset, LogFormat.Applied, LogRows.ReadApplied, cancellationToken) ?? AppliedRow.None;

    public async Task<ClientRow?> ReadClientAsync(string dataset, string clientId, CancellationToken cancellationToken) =>
        await ReadAsync(dataset, LogFormat.ClientKey(clientId), LogRows.ReadClient, cancellationToken);

    public async Task<IReadOnlyList<Segment>?> ReadSegmentsAsync(string dataset, long after, long upTo, int maxEntries, CancellationToken cancellationToken)
    {
        var segments = new List<Segment>();
        var next = after + 1;
        var (entries, rows) = (0, FirstRows);
        while (next <= upTo && entries < maxEntries)
        {
            var page = await PageAsync(dataset, LogFormat.SegmentKey(next), rows, cancellationToken);
            foreach (var segment in page)
            {
                if (segments.Count == 0 ? segment.First > next : segment.First != next)
                {
                    return null;
                }

                segments.Add(segment);
                entries += segment.Entries.Count;
                next = segment.Last + 1;
                if (next > upTo || entries >= maxEntries)
                {
                    break;
                }
            }

            if (page.Count == 0)
            {
                return null;
            }

            // As many rows as what was read so far makes likely to be enough: segments hold from one entry to a thousand.
            var wanted = Math.Min(maxEntries - entries, upTo - next + 1);
            rows = (int)Math.Clamp(wanted * segments.Count / entries, FirstRows, MaxRows);
        }

        return segments;
    }

    public async Task<IReadOnlyList<OutcomesRow>> ReadOutcomesAsync(string dataset, string clientId, long firstSeq, long lastSeq, CancellationToken cancellationToken)
    {
        var from = LogFormat.OutcomesKey(clientId, Math.Max(1, firstSeq - MaxOutcomesSpan + 1));
        var rows = await OutcomesAsync(dataset, from, LogFormat.OutcomesKey(clientId, lastSeq), cancellationToken);
        return [.. rows.Where(row => row.LastSeq >= firstSeq)];
    }

    public async Task<IReadOnlyList<OutcomesRow>> ReadBatchAsync(string dataset, string clientId, string batchId, CancellationToken cancellationToken)
    {
        var rows = new List<OutcomesRow>();
        var from = LogFormat.OutcomesKey(clientId, 0);
        var to = LogFormat.OutcomesKey(clientId, long.MaxValue);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {dataset} and RowKey ge {from} and RowKey le {to} and BatchId eq {batchId}");
        await foreach (var entity in QueryAsync(_log, filter, cancellationToken))
        {
            rows.Add(LogRows.ReadOutcomes(entity));
        }

        return rows;
    }

    public async Task<IReadOnlyList<HeldRow>> ReadHeldAsync(string dataset, CancellationToken cancellationToken)
    {
        var rows = new List<HeldRow>();
        await foreach (var entity in RangeAsync(dataset, "held|", "held}", cancellationToken))
        {
            rows.Add(LogRows.ReadHeld(entity));
        }

        return rows;
    }

    public async Task<MappingSet?> ReadMappingAsync(string dataset, string mapHash, CancellationToken cancellationToken) => mapHash.Length == 0
        ? MappingSet.Plain
        : await ReadAsync(dataset, LogFormat.MapKey(mapHash), LogRows.ReadMapping, cancellationToken);

    public async Task<DoneRow?> ReadDoneAsync(string dataset, string id, CancellationToken cancellationToken) =>
        await ReadAsync(dataset, LogFormat.DoneKey(id), LogRows.ReadDone, cancellationToken);

    public async Task<CommitAnswer> CommitAsync(string dataset, Commit commit, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        if (commit.Head is null)
        {
            // Registered first: a dataset that has a commit must be known to the recovery timer. One that has none does no harm there.
            await StorageErrors.GuardAsync(() => _datasets.UpsertEntityAsync(new TableEntity(DatasetsPartition, dataset), TableUpdateMode.Replace, cancellationToken), cancellationToken);
        }

        var answer = await _committer.CommitAsync(dataset, commit, cancellationToken);
        return answer.Verdict == CommitVerdict.Moved && await FindLostAsync(dataset, commit, cancellationToken) is { } found ? found : answer;
    }

    public async Task<AppliedRow?> AdvanceAppliedAsync(
        string dataset, AppliedRow current, long seq, IReadOnlyList<HeldRow> hold, IReadOnlyList<RecordId> release, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        return await _committer.AdvanceAppliedAsync(dataset, current, seq, hold, release, cancellationToken);
    }

    public async IAsyncEnumerable<string> ReadDatasetsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entity in QueryAsync(_datasets, TableClient.CreateQueryFilter($"PartitionKey eq {DatasetsPartition}"), cancellationToken))
        {
            yield return entity.RowKey;
        }
    }

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        await StorageErrors.GuardAsync(() => _log.GetEntityIfExistsAsync<TableEntity>("~", LogFormat.Head, cancellationToken: cancellationToken), cancellationToken);
    }

    /// <summary>The head moved: by others, or by this very commit when its reply was lost. Its id in the segments since tells.</summary>
    private async Task<CommitAnswer?> FindLostAsync(string dataset, Commit commit, CancellationToken cancellationToken)
    {
        if (commit.Entries.Count == 0 || await ReadHeadAsync(dataset, cancellationToken) is not { } head)
        {
            return null;
        }

        var since = await ReadSegmentsAsync(dataset, commit.Head?.Seq ?? 0, head.Seq, int.MaxValue, cancellationToken);
        var own = since?.Where(segment => segment.CommitId == commit.CommitId).ToList();
        return own is not { Count: > 0 }
            ? null
            : new CommitAnswer
            {
                Verdict = CommitVerdict.Committed,
                Head = head,
                Client = commit.Client is null ? null : await ReadClientAsync(dataset, commit.Client.ClientId, cancellationToken),
                Segments = own,
            };
    }

    private async Task<T?> ReadAsync<T>(string dataset, string rowKey, Func<TableEntity, T> read, CancellationToken cancellationToken)
        where T : class
    {
        await EnsureCreatedAsync(cancellationToken);
        var found = await StorageErrors.GuardAsync(
            () => _log.GetEntityIfExistsAsync<TableEntity>(dataset, rowKey, cancellationToken: cancellationToken), cancellationToken);
        return found.HasValue ? read(found.Value!) : null;
    }

    private async Task<List<OutcomesRow>> OutcomesAsync(string dataset, string from, string to, CancellationToken cancellationToken)
    {
        var rows = new List<OutcomesRow>();
        await foreach (var entity in RangeAsync(dataset, from, to, cancellationToken))
        {
            rows.Add(LogRows.ReadOutcomes(entity));
        }

        return rows;
    }

    private IAsyncEnumerable<TableEntity> RangeAsync(string dataset, string from, string to, CancellationToken cancellationToken) =>
        QueryAsync(_log, TableClient.CreateQueryFilter($"PartitionKey eq {dataset} and RowKey ge {from} and RowKey le {to}"), cancellationToken);

    private async IAsyncEnumerable<TableEntity> QueryAsync(TableClient table, string filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        await using var entities = table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await StorageErrors.GuardAsync(() => entities.MoveNextAsync().AsTask(), cancellationToken))
        {
            yield return entities.Current;
        }
    }

    /// <summary>One answer's worth of segments from a row key on. A row is up to 1 MiB, so asking for more than is needed costs.</summary>
    private async Task<List<Segment>> PageAsync(string dataset, string from, int rows, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        var to = LogFormat.SegmentKey(long.MaxValue);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {dataset} and RowKey ge {from} and RowKey le {to}");
        await using var pages = _log.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).AsPages(pageSizeHint: rows).GetAsyncEnumerator(cancellationToken);
        while (await StorageErrors.GuardAsync(() => pages.MoveNextAsync().AsTask(), cancellationToken))
        {
            // Azure may answer an empty page and go on behind it.
            if (pages.Current.Values.Count > 0)
            {
                return [.. pages.Current.Values.Select(LogRows.ReadSegment)];
            }
        }

        return [];
    }

    /// <summary>Once a process; infra/ creates the tables as well. A failed try is not remembered.</summary>
    private async Task EnsureCreatedAsync(CancellationToken cancellationToken)
    {
        if (_created is { IsCompletedSuccessfully: true })
        {
            return;
        }

        _created = StorageErrors.GuardAsync(
            () => Task.WhenAll(_log.CreateIfNotExistsAsync(cancellationToken), _datasets.CreateIfNotExistsAsync(cancellationToken)), cancellationToken);
        await _created;
    }
}
