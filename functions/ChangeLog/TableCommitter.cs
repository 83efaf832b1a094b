using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.ChangeLog;

/// <summary>
/// The two transactions of the log. Each stands on an ETag (or on the absence of its row), so running one twice either fails as moved or was the
/// first to get through: nothing is ever written twice. Azure's limits are checked here, because Azurite does not.
/// </summary>
internal sealed class TableCommitter(TableServiceClient service, MappingSet mappings)
{
    // Datasets whose log has this process's mappings: the row is written along with the first commit that names it, and need not be again.
    private readonly ConcurrentDictionary<string, bool> _mapped = new();

    private readonly TableClient _log = service.GetTableClient(StorageNames.ChangeLogTable);

    public async Task<CommitAnswer> CommitAsync(string dataset, Commit commit, CancellationToken cancellationToken)
    {
        var clientId = commit.Client?.ClientId ?? "";
        var packed = SegmentPacker.Pack(commit.Entries, commit.CommitTs, clientId);
        if (packed is null)
        {
            return CommitAnswer.Of(CommitVerdict.TooLarge);
        }

        var segments = packed.ConvertAll(part => NewSegment(commit, clientId, part.From, part.Count));
        var head = NextHead(commit);
        var actions = new List<TableTransactionAction> { Put(LogRows.Write(dataset, head), commit.Head?.ETag) };
        if (commit.Client is { } client)
        {
            actions.Add(Put(LogRows.Write(dataset, client), client.ETag));
        }

        actions.AddRange(segments.Select((segment, i) => Insert(LogRows.Write(dataset, segment, packed[i].Payload))));
        if (commit.Outcomes is not null)
        {
            actions.Add(Insert(LogRows.Write(dataset, commit.Outcomes with { HeadSeq = head.Seq, CommitTs = commit.CommitTs })));
        }

        actions.AddRange(commit.Done.Select(row => Insert(LogRows.Write(dataset, row, commit.CommitId))));
        if (segments.Count > 0 && mappings.Hash.Length > 0 && !_mapped.ContainsKey(dataset))
        {
            // Named by its content: whoever wrote it before wrote the same.
            actions.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, LogRows.WriteMapping(dataset, mappings)));
        }

        if (!EntitySizes.Fit(actions))
        {
            return CommitAnswer.Of(CommitVerdict.TooLarge);
        }

        try
        {
            var replies = await StorageErrors.GuardAsync(() => _log.SubmitTransactionAsync(actions, cancellationToken), cancellationToken);
            if (segments.Count > 0)
            {
                _mapped.TryAdd(dataset, true);
            }

            return new CommitAnswer
            {
                Verdict = CommitVerdict.Committed,
                Head = head with { ETag = replies.Value[0].Headers.ETag!.Value.ToString() },
                Client = commit.Client is null ? null : commit.Client with { ETag = replies.Value[1].Headers.ETag!.Value.ToString() },
                Segments = segments,
            };
        }
        catch (TableTransactionFailedException e) when (e.Status is 409 or 412)
        {
            var failed = e.FailedTransactionActionIndex is { } index && index < actions.Count ? actions[index].Entity.RowKey : "";
            return CommitAnswer.Of(failed.StartsWith("done|", StringComparison.Ordinal) ? CommitVerdict.AlreadyDone : CommitVerdict.Moved);
        }
    }

    /// <summary>
    /// Moves <c>applied</c> together with what is held and released. What does not fit one transaction is written before: as long as <c>applied</c> is below an
    /// entry, readers have its record from the log. The records to be held are counted first, so that nobody takes none for granted; a run that breaks off
    /// leaves the count too high, which costs a query, and never too low.
    /// </summary>
    public async Task<AppliedRow?> AdvanceAppliedAsync(
        string dataset, AppliedRow current, long seq, IReadOnlyList<HeldRow> hold, IReadOnlyList<RecordId> release, CancellationToken cancellationToken)
    {
        List<TableTransactionAction> writes =
        [
            .. hold.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, LogRows.Write(dataset, row))),
            .. release.Select(record => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(dataset, LogFormat.HeldKey(record)), ETag.All)),
        ];
        var counted = current.Held + hold.Count(row => !row.Replaces);
        var next = new AppliedRow { Seq = seq, Held = counted - release.Count, ETag = current.ETag };
        if (EntitySizes.Fit([Put(LogRows.Write(dataset, next), current.ETag), .. writes]))
        {
            return await MoveAsync(dataset, next, writes, cancellationToken);
        }

        var claimed = await MoveAsync(dataset, current with { Held = counted }, [], cancellationToken);
        foreach (var part in claimed is null ? [] : Parts(writes))
        {
            claimed = claimed is null ? null : await MoveAsync(dataset, claimed, part, cancellationToken);
        }

        return claimed is null ? null : await MoveAsync(dataset, next with { ETag = claimed.ETag }, [], cancellationToken);
    }

    /// <summary>Replaces <c>applied</c> and writes what goes with it; null: it moved meanwhile, or a row to be released is gone.</summary>
    private async Task<AppliedRow?> MoveAsync(string dataset, AppliedRow row, IReadOnlyList<TableTransactionAction> writes, CancellationToken cancellationToken)
    {
        try
        {
            List<TableTransactionAction> actions = [Put(LogRows.Write(dataset, row), row.ETag), .. writes];
            var replies = await StorageErrors.GuardAsync(() => _log.SubmitTransactionAsync(actions, cancellationToken), cancellationToken);
            return row with { ETag = replies.Value[0].Headers.ETag!.Value.ToString() };
        }
        catch (TableTransactionFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return null;
        }
    }

    /// <summary>Runs of writes that fit a transaction each, with room for <c>applied</c>.</summary>
    private static IEnumerable<List<TableTransactionAction>> Parts(IReadOnlyList<TableTransactionAction> writes)
    {
        var part = new List<TableTransactionAction>();
        foreach (var write in writes)
        {
            if (part.Count > 0 && (part.Count + 1 == LogFormat.MaxTransactionRows || !EntitySizes.Fit([.. part, write])))
            {
                yield return part;
                part = [];
            }

            part.Add(write);
        }

        yield return part;
    }

    private static HeadRow NextHead(Commit commit) => new()
    {
        Seq = (commit.Head?.Seq ?? 0) + commit.Entries.Count,
        LastTs = commit.Entries.Count > 0 ? commit.CommitTs : commit.Head?.LastTs ?? 0,
        Epoch = commit.Head?.Epoch ?? commit.NewEpoch,
        OldestSeq = commit.Head?.OldestSeq ?? 0,
        ETag = commit.Head?.ETag ?? "",
    };

    private Segment NewSegment(Commit commit, string clientId, int from, int count) => new()
    {
        First = commit.Entries[from].Rev,
        CommitTs = commit.CommitTs,
        CommitId = commit.CommitId,
        ClientId = clientId,
        BatchId = commit.Outcomes?.BatchId ?? "",
        Sub = commit.Sub,
        SchemaVersion = commit.SchemaVersion,
        MapHash = mappings.Hash,
        Atomic = commit.Atomic,
        TraceParent = commit.TraceParent,
        Entries = from == 0 && count == commit.Entries.Count ? commit.Entries : [.. commit.Entries.Skip(from).Take(count)],
    };

    private static TableTransactionAction Put(TableEntity entity, string? etag) => etag is null
        ? Insert(entity)
        : new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, new ETag(etag));

    private static TableTransactionAction Insert(TableEntity entity) => new(TableTransactionActionType.Add, entity);
}
