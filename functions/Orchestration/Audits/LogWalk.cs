using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;

namespace MyriadSync.Orchestration.Audits;

/// <summary>
/// Looks up the rows of the records that came into a dataset's log, alive, since the last audit: no sweep has seen them yet, and nobody else would miss them. Only
/// what the cluster has is looked up; how far that was is noted when it is judged.
/// </summary>
internal sealed class LogWalk(
    IChangeLog log, IAuditLedger ledger, IRecordStore store, AuditIntake intake, IRowCodecs codecs, IStoreCatalog stores, ClusterTables tables)
{
    /// <summary>Entries of a step.</summary>
    private const int StepEntries = 1000;

    /// <summary>Whether the dataset's log is another than it was when it was last compared.</summary>
    public async Task<bool> HasNewsAsync(string table, string dataset, CancellationToken cancellationToken) =>
        (await log.ReadAppliedAsync(dataset, cancellationToken)).Seq != await ledger.ReadSeqAsync(table, dataset, cancellationToken);

    /// <summary>Looks at the next entries of a dataset.</summary>
    public async Task<AuditStep> StepAsync(AuditMark mark, string dataset, CancellationToken cancellationToken)
    {
        var done = mark with { Dataset = dataset };
        var applied = await log.ReadAppliedAsync(dataset, cancellationToken);
        if (await log.ReadHeadAsync(dataset, cancellationToken) is not { } head)
        {
            return new AuditStep(done, 0);
        }

        var noted = await ledger.ReadSeqAsync(mark.Table, dataset, cancellationToken);
        // A log that was restored from a backup is shorter than it was.
        var after = Math.Max(noted > head.Seq ? 0 : noted, head.OldestSeq);
        if (after >= applied.Seq)
        {
            return new AuditStep(done, 0);
        }

        if (await log.ReadSegmentsAsync(dataset, after, applied.Seq, StepEntries, cancellationToken) is not { Count: > 0 } segments)
        {
            // Retention has passed by: the next audit begins where it left the log.
            return new AuditStep(done, 0);
        }

        var upTo = Math.Min(segments[^1].Last, applied.Seq);
        var alive = Alive(mark.Table, dataset, segments.SelectMany(segment => segment.Entries).Where(entry => entry.Rev > after && entry.Rev <= upTo));
        var missing = await MissingAsync(mark.Table, alive, cancellationToken);
        if (missing.Fault != StoreFault.None)
        {
            return new AuditStep(mark, 0, missing.Fault);
        }

        var gone = missing.Keys.Count == 0 ? [] : await StillKnownAsync(dataset, alive, missing.Keys, cancellationToken);
        if (intake.Overflow(mark, gone) is { } overflowing)
        {
            return new AuditStep(overflowing, 0);
        }

        (mark, var deferred) = await intake.TakeAsync(mark, gone, gone: true, cancellationToken);
        var to = deferred.Count == 0 ? upTo : deferred.Min(key => alive[key]) - 1;
        if (to > noted || noted > head.Seq)
        {
            await ledger.WriteSeqAsync(mark.Table, dataset, to, cancellationToken);
        }

        // What waits does so for the next audit, with everything after it.
        return new AuditStep(deferred.Count > 0 ? mark with { Dataset = dataset } : mark, alive.Count);
    }

    /// <summary>Revisions of the records that the entries left alive, by row key.</summary>
    private Dictionary<string, long> Alive(string table, string dataset, IEnumerable<LogEntry> entries)
    {
        var alive = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (stores.Find(entry.Store) is null || tables.TableOf(dataset, entry.Store) != table)
            {
                continue;
            }

            var row = RowKeys.Compose(dataset, entry.Store, entry.Key);
            if (entry.IsTombstone)
            {
                alive.Remove(row);
            }
            else
            {
                alive[row] = entry.Rev;
            }
        }

        return alive;
    }

    private async Task<(List<string> Keys, StoreFault Fault)> MissingAsync(string table, Dictionary<string, long> alive, CancellationToken cancellationToken)
    {
        if (alive.Count == 0)
        {
            return ([], StoreFault.None);
        }

        var read = await store.ReadAsync(table, alive.Keys, new HashSet<string>(), cancellationToken);
        return ([.. alive.Keys.Where(key => read.Fault == StoreFault.None && IsMissing(key, read.Rows.GetValueOrDefault(key)))], read.Fault);
    }

    private bool IsMissing(string key, Row? row) =>
        row is null || (RowKeys.TryParse(key, out _, out var store, out _) && RecordRows.Read(row, codecs.Of(store)) is { Known: false, Value: null });

    /// <summary>Without those that retention removed meanwhile: what it takes off the cluster was deleted long ago.</summary>
    private async Task<List<string>> StillKnownAsync(string dataset, Dictionary<string, long> alive, List<string> keys, CancellationToken cancellationToken)
    {
        var oldest = (await log.ReadHeadAsync(dataset, cancellationToken))?.OldestSeq ?? 0;
        return [.. keys.Where(key => alive[key] > oldest)];
    }
}
