using MyriadSync.ChangeLog;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;

namespace MyriadSync.Orchestration.Rebuild;

/// <summary>Lets go of refused records that the cluster has in a later revision, which a copy of the log does not know of: the old state would go before the row.</summary>
internal sealed class OutdatedHolds(IChangeLog log, IRecordStore store, TableMap tables, IRowCodecs codecs)
{
    /// <summary>Rows of a transaction beside <c>applied</c>.</summary>
    private const int MaxReleased = 90;

    /// <summary>Lets go of a dataset's. Doing it twice finds nothing.</summary>
    /// <returns>How many there were, or what stood in the way, for people.</returns>
    public async Task<(int Released, string? Trouble)> ReleaseAsync(string dataset, CancellationToken cancellationToken)
    {
        var applied = await log.ReadAppliedAsync(dataset, cancellationToken);
        var released = 0;
        foreach (var chunk in (await log.ReadHeldAsync(dataset, cancellationToken)).Chunk(MaxReleased))
        {
            var held = chunk.ToDictionary(row => RowKeys.Compose(dataset, row.Entry.Store, row.Entry.Key), row => row);
            var read = await store.ReadAsync(tables.TableOf(dataset), held.Keys, new HashSet<string>(), cancellationToken);
            if (read.Fault != StoreFault.None)
            {
                return (released, $"The cluster does not answer ({read.Reason}). No log was begun anew. Run again.");
            }

            var outdated = read.Rows.Values.Where(row => RecordRows.Read(row, codecs.Of(held[row.Key].Entry.Store)).Rev > held[row.Key].Entry.Rev)
                .Select(row => held[row.Key].Record).ToList();
            if (outdated.Count == 0)
            {
                continue;
            }

            if (await log.AdvanceAppliedAsync(dataset, applied, applied.Seq, [], outdated, cancellationToken) is not { } moved)
            {
                return (released, $"Dataset {dataset} was written meanwhile: an instance of the app runs. Stop every instance, and run again.");
            }

            (applied, released) = (moved, released + outdated.Count);
        }

        return (released, null);
    }
}
