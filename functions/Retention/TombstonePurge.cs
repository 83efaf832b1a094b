using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;

namespace MyriadSync.Retention;

/// <summary>
/// Takes tombstones off the cluster when the log forgets them. Which ones, the segments about to go tell, so nothing is scanned. The delete carries the
/// tombstone's own timestamp: it can only hide what is as old as the tombstone, whatever is written between the look and the delete.
/// </summary>
internal sealed class TombstonePurge(IRecordStore store, TableMap tables, IRowCodecs codecs)
{
    /// <summary>Removes the tombstones that these segments made, where they are still what their rows say.</summary>
    /// <returns>How many, or what stood in the way.</returns>
    public async Task<(int Purged, StoreFault Fault)> PurgeAsync(string dataset, IReadOnlyList<Segment> segments, CancellationToken cancellationToken)
    {
        var tombstones = new Dictionary<string, (LogEntry Entry, long CommitTs)>();
        foreach (var segment in segments)
        {
            foreach (var entry in segment.Entries)
            {
                var row = RowKeys.Compose(dataset, entry.Store, entry.Key);
                if (entry.IsTombstone)
                {
                    tombstones[row] = (entry, segment.CommitTs);
                }
                else
                {
                    tombstones.Remove(row);
                }
            }
        }

        if (tombstones.Count == 0)
        {
            return (0, StoreFault.None);
        }

        var table = tables.TableOf(dataset);
        var read = await store.ReadAsync(table, tombstones.Keys, new HashSet<string>(), cancellationToken);
        if (read.Fault != StoreFault.None)
        {
            return (0, read.Fault);
        }

        var dead = read.Rows.Values.Where(row => IsStill(tombstones[row.Key].Entry, row)).ToList();
        var deletes = dead.SelectMany(row => Deletes(row, tombstones[row.Key].CommitTs)).ToList();
        if (deletes.Count == 0)
        {
            return (0, StoreFault.None);
        }

        var answer = await store.WriteAsync(table, [], deletes, cancellationToken);
        return (answer.Fault == StoreFault.None ? dead.Count : 0, answer.Fault);
    }

    /// <summary>False when a later entry, a job or a held record made something else of it: then it is not ours to remove.</summary>
    private bool IsStill(LogEntry tombstone, Row row) =>
        RecordRows.Read(row, codecs.Of(tombstone.Store)) is { Value: null, Foreign: false } state && state.Rev == tombstone.Rev;

    /// <summary>A probe is stamped by the cluster's clock, after the tombstone; left behind, it would keep an empty row alive.</summary>
    private static IEnumerable<RowDelete> Deletes(Row row, long commitTs)
    {
        yield return new RowDelete(row.Key, [StoreColumns.MetaFamily], commitTs);
        if (row.Cells.FirstOrDefault(cell => cell.Column == StoreColumns.Probe && cell.Timestamp > commitTs) is { } probe)
        {
            yield return new RowDelete(row.Key, [StoreColumns.Probe], probe.Timestamp);
        }
    }
}
