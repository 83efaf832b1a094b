using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;
using MyriadSync.Orchestration.Stages;

namespace MyriadSync.Orchestration.Scans;

/// <summary>
/// Takes over what a job loaded, or deleted, in bulk: more rows than the log should hold, or a browser pull. One record goes in as an entry; all others are noted in their
/// rows with its revision and its timestamp, and then a new epoch sends every client to the snapshot, which shows them. What a client commits to such a record
/// meanwhile has a later timestamp and wins over the note. The mark of the scan, or of the audit, says that a load is under way: whatever breaks off is done again to its end.
/// </summary>
internal sealed class BulkIntake(
    FetchStage fetch,
    ForeignIntake single,
    LogWindows windows,
    IChangeLog log,
    IEpochs epochs,
    CommitSignals signals,
    ClusterClock clock,
    CommitFactory factory,
    IRowCodecs codecs,
    IRecordStore store,
    TableMap tables,
    IIdSource ids)
{
    /// <summary>Records of a block that go in as entries. Any one of them would do, but it may prove to be nobody's work but ours.</summary>
    private const int Committed = 10;

    /// <summary>Takes over a block of records of one store.</summary>
    public async Task<IntakeAnswer> TakeAsync(string dataset, ScanFinding[] findings, CancellationToken cancellationToken)
    {
        // A commit for every block: its revision is above all that clients may hold of the others, and its timestamp above all that they were written at.
        var first = await single.TakeAsync(dataset, [.. findings.Take(Committed)], cancellationToken);
        if (findings.Length <= Committed || first.WaitReason is not null)
        {
            return first with { Deferred = first.WaitReason is null ? first.Deferred : findings.Select(finding => finding.Record).ToHashSet() };
        }

        findings = findings[Committed..];
        var records = findings.Select(finding => finding.Record).ToList();
        var fetched = await fetch.FetchAsync(dataset, findings.Select(finding => (finding.Record, finding.Gone)), cancellationToken);
        if (fetched.Rows is null)
        {
            return new IntakeAnswer { Deferred = records.Concat(first.Deferred).ToHashSet(), WaitReason = fetched.WaitReason, Taken = first.Taken };
        }

        var (entries, commitTs, deferred) = await JudgeAsync(dataset, findings, single.Uncover(dataset, findings, fetched.Rows), cancellationToken);
        var fault = await NoteAsync(dataset, entries, commitTs, cancellationToken);
        return fault == StoreFault.None
            ? new IntakeAnswer { Deferred = deferred.Concat(first.Deferred).ToHashSet(), Taken = first.Taken + entries.Count }
            : new IntakeAnswer { Deferred = records.Concat(first.Deferred).ToHashSet(), WaitReason = WaitReasons.Of(fault), Taken = first.Taken };
    }

    /// <summary>Tells every client to load the snapshot.</summary>
    public async Task FinishAsync(string dataset, CancellationToken cancellationToken)
    {
        HeadRow? renewed = null;
        while (renewed is null && await log.ReadHeadAsync(dataset, cancellationToken) is { } head)
        {
            renewed = await epochs.RenewAsync(dataset, head, ids.NewId(), cancellationToken);
        }

        await windows.Get(dataset).RefreshAloneAsync(cancellationToken);
        if (renewed is not null)
        {
            signals.Notify(dataset, renewed);
        }
    }

    private async Task<(List<LogEntry> Entries, long CommitTs, HashSet<RecordId> Deferred)> JudgeAsync(
        string dataset, ScanFinding[] findings, FetchedRows rows, CancellationToken cancellationToken)
    {
        var window = windows.Get(dataset);
        await window.CommitGate.WaitAsync(cancellationToken);
        try
        {
            if (!await window.LoadAsync(cancellationToken) || window.Head is not { } head)
            {
                return ([], 0, All());
            }

            var now = Math.Max(clock.NowMs, head.LastTs);
            var due = rows.States.Where(pair => pair.Value.NewestCell <= now && pair.Value.Rev < head.Seq).Select(pair => pair.Key);
            var basis = factory.Basis(window, rows, due, clock.NowMs);
            return basis.FetchAgain || basis.Refresh || basis.WaitReason is not null
                ? ([], 0, All())
                : (factory.Adopted(basis with { CommitTs = head.LastTs }, _ => head.Seq), head.LastTs, [.. findings.Where(finding => Waits(finding, now)).Select(finding => finding.Record)]);
        }
        finally
        {
            window.CommitGate.Release();
        }

        HashSet<RecordId> All() => [.. findings.Select(finding => finding.Record)];

        bool Waits(ScanFinding finding, long now) =>
            finding.Waits(window, rows, now) || (window.Held(finding.Record) is null && rows.States.GetValueOrDefault(finding.Record)?.Rev >= window.HeadSeq);
    }

    private async Task<StoreFault> NoteAsync(string dataset, List<LogEntry> entries, long commitTs, CancellationToken cancellationToken)
    {
        var puts = new List<RowPut>(entries.Count);
        var deletes = new List<RowDelete>();
        foreach (var entry in entries)
        {
            var (row, codec) = (RowKeys.Compose(dataset, entry.Store, entry.Key), codecs.Of(entry.Store));
            puts.Add(RecordRows.Put(row, entry, commitTs, whole: false, codec));
            if (RecordRows.Delete(row, entry, commitTs, codec) is { } delete)
            {
                deletes.Add(delete);
            }
        }

        return puts.Count == 0 ? StoreFault.None : (await store.WriteAsync(tables.TableOf(dataset), puts, deletes, cancellationToken)).Fault;
    }
}
