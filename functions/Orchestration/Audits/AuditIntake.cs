using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Orchestration.Scans;

namespace MyriadSync.Orchestration.Audits;

/// <summary>Has what an audit found judged like the findings of a scan.</summary>
internal sealed class AuditIntake(ForeignIntake intake, IStoreCatalog stores)
{
    /// <summary>Judges records.</summary>
    /// <param name="rowKeys">Keys of their rows.</param>
    /// <param name="gone">They were alive, and there are no such rows; else the rows are not as sync wrote them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many came into the log, and the row keys of those that cannot be judged yet.</returns>
    public async Task<(int Taken, HashSet<string> Deferred)> TakeAsync(IEnumerable<string> rowKeys, bool gone, CancellationToken cancellationToken)
    {
        var (taken, deferred) = (0, new HashSet<string>(StringComparer.Ordinal));

        // Each store by itself: one whose rows cannot be judged must not keep the others.
        foreach (var group in Findings(rowKeys, gone).GroupBy(found => (found.Dataset, found.Finding.Record.Store), found => found.Finding))
        {
            foreach (var part in group.Chunk(ForeignIntake.MaxRecords))
            {
                var answer = await intake.TakeAsync(group.Key.Dataset, part, cancellationToken);
                taken += answer.Taken;
                deferred.UnionWith(answer.Deferred.Select(record => RowKeys.Compose(group.Key.Dataset, record.Store, record.Key)));
            }
        }

        return (taken, deferred);
    }

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
