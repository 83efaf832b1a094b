using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Orchestration.Scans;

namespace MyriadSync.Orchestration.Audits;

/// <summary>
/// Has what an audit found judged like the findings of a scan, and like a bulk load what is more of a dataset than the log is to hold: a table that a job
/// truncated. An audit goes page by page and cannot know beforehand: what it found up to there is in the log, and what comes after it goes past it.
/// </summary>
internal sealed class AuditIntake(ForeignIntake single, BulkIntake bulk, IStoreCatalog stores, IOptions<ScanOptions> options, ILogger<AuditIntake> logger)
{
    /// <summary>The mark of an audit whose findings are too many for the log from here on: to be stored before the first of them is judged. Null: they are not.</summary>
    public AuditMark? Overflow(AuditMark mark, IEnumerable<string> rowKeys)
    {
        var flooded = new List<string>();
        foreach (var (dataset, count) in Findings(rowKeys, gone: false).CountBy(found => found.Dataset))
        {
            if (!mark.Loading.Contains(dataset) && CountOf(mark, dataset) + count > options.Value.BulkRows)
            {
                Scans.Logs.LoadBegun(logger, dataset, options.Value.BulkRows);
                flooded.Add(dataset);
            }
        }

        return flooded.Count == 0 ? null : mark with { Loading = [.. mark.Loading, .. flooded] };
    }

    /// <summary>Judges records.</summary>
    /// <param name="mark">The audit.</param>
    /// <param name="rowKeys">Keys of their rows.</param>
    /// <param name="gone">They were alive, and there are no such rows; else the rows are not as sync wrote them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The audit's figures with what came of it, and the row keys of those that cannot be judged yet.</returns>
    public async Task<(AuditMark Mark, HashSet<string> Deferred)> TakeAsync(AuditMark mark, IEnumerable<string> rowKeys, bool gone, CancellationToken cancellationToken)
    {
        var deferred = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in Findings(rowKeys, gone).GroupBy(found => found.Dataset, found => found.Finding))
        {
            var (dataset, taken) = (group.Key, 0);
            foreach (var part in ForeignIntake.Parts(group))
            {
                var answer = mark.Loading.Contains(dataset)
                    ? await bulk.TakeAsync(dataset, part, cancellationToken)
                    : await single.TakeAsync(dataset, part, cancellationToken);
                taken += answer.Taken;
                deferred.UnionWith(answer.Deferred.Select(record => RowKeys.Compose(dataset, record.Store, record.Key)));
            }

            mark = mark with
            {
                Changed = mark.Changed + (gone ? 0 : taken),
                Gone = mark.Gone + (gone ? taken : 0),
                Counted = dataset,
                Count = CountOf(mark, dataset) + taken,
            };
        }

        return (mark with { Deferred = mark.Deferred + deferred.Count }, deferred);
    }

    /// <summary>Tells the clients of datasets that were taken over past the log to load the snapshot. Doing it twice is a snapshot too many, and no harm.</summary>
    public async Task<AuditMark> FinishAsync(AuditMark mark, CancellationToken cancellationToken)
    {
        foreach (var dataset in mark.Loading)
        {
            await bulk.FinishAsync(dataset, cancellationToken);
            Scans.Logs.LoadEnded(logger, dataset);
        }

        return mark with { Loading = [] };
    }

    // An audit follows the order of keys, which begin with the dataset: what it finds of one comes together.
    private static long CountOf(AuditMark mark, string dataset) => mark.Counted == dataset ? mark.Count : 0;

    private IEnumerable<(string Dataset, ScanFinding Finding)> Findings(IEnumerable<string> rowKeys, bool gone)
    {
        foreach (var rowKey in rowKeys)
        {
            if (RowKeys.TryParse(rowKey, out var dataset, out var store, out var key) && stores.Find(store) is not null)
            {
                yield return (dataset, new ScanFinding(new RecordId(store, key), 0, [], gone));
            }
        }
    }
}
