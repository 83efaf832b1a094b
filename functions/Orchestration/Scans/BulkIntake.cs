using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;
using MyriadSync.Orchestration.Stages;

namespace MyriadSync.Orchestration.Scans;

/// <summary>
/// Takes over what a job loaded, or deleted, in bulk: more rows than the log should hold, or a browser pull. Ten records of a block go in as entries; all others are noted in their
/// rows with that commit's revision and timestamp, and then a new epoch sends every client to the snapshot, which shows them. What a client commits to such a record
/// meanwhile has a later timestamp and wins over the note. The mark of the scan, or of the audit, says that a load is under way: whatever breaks off is done again to its end.
/// </summary>
internal sealed class BulkIntake(
    FetchStage fetch,
    ForeignIntake single,
    FutureRows future,
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
    /// <summary>Records of a block that go in as entries. Any one of them would do, but somebody else may be quicker with it.</summary>
    private const int Committed = 10;

    /// <summary>Takes over a block of records of one store.</summary>
    public async Task<IntakeAnswer> TakeAsync(string dataset, ScanFinding[] findings, CancellationToken cancellationToken)
    {
        if (findings.Length <= Committed)
        {
            return await single.TakeAsync(dataset, findings, cancellationToken);
        }

        var before = await JudgeAsync(dataset, findings, cancellationToken);
        if (before.Foreign.Count == 0)
        {
            return new IntakeAnswer { Deferred = before.Deferred, WaitReason = before.WaitReason };
        }

        // A client may give the head of a snapshot as the base of what it showed. So a note needs a commit between the job's write and itself: a snapshot of that commit's
        // revision shows the write, and an older one has a lower base. The commit's timestamp has to lie above the row's cells too. What does not come out as the row shows
        // it (the job lost, or won unseen) no such snapshot shows: all of that goes into the log, which has an entry of the record that the job's write met.
        var (some, first) = (new HashSet<RecordId>(), new IntakeAnswer());
        foreach (var part in Committing(before))
        {
            some.UnionWith(part);
            var answer = await single.TakeAsync(dataset, [.. findings.Where(finding => part.Contains(finding.Record))], cancellationToken);
            first = answer with { Taken = first.Taken + answer.Taken, Deferred = first.Deferred.Concat(answer.Deferred).ToHashSet() };
            if (first.Taken > 0 || first.WaitReason is not null)
            {
                break;
            }
        }

        if (first.WaitReason is not null)
        {
            return first with { Deferred = findings.Select(finding => finding.Record).ToHashSet() };
        }

        if (some.Count == before.Foreign.Count)
        {
            return first with { Deferred = first.Deferred.Concat(before.Deferred).ToHashSet() };
        }

        var after = await JudgeAsync(dataset, [.. findings.Where(finding => !some.Contains(finding.Record))], cancellationToken);
        var notes = after.Foreign.ToLookup(pair => IsAsBefore(pair.Key, pair.Value));
        var fault = await NoteAsync(dataset, after, [.. notes[true]], cancellationToken);
        var waiting = (fault == StoreFault.None ? notes[false] : after.Foreign).Select(pair => pair.Key);
        return new IntakeAnswer
        {
            Deferred = waiting.Concat(after.Deferred).Concat(first.Deferred).ToHashSet(),
            WaitReason = fault == StoreFault.None ? after.WaitReason : WaitReasons.Of(fault),
            Taken = first.Taken + (fault == StoreFault.None ? notes[true].Count() : 0),
        };

        bool IsAsBefore(RecordId record, RecordState state) =>
            before.States.GetValueOrDefault(record) is { } earlier && earlier.Rev == state.Rev && Equals(earlier.Value, state.Value)
            && (state.Value is null || earlier.NewestCell == state.NewestCell);
    }

    /// <summary>What goes in as entries, in the order to try: the first part with all whose note would say something else than the row.</summary>
    private IEnumerable<HashSet<RecordId>> Committing(Judgement judged)
    {
        var changing = factory.Adopted(judged.Basis!, _ => judged.HeadSeq).Zip(judged.Foreign)
            .Where(pair => !Equals(pair.First.Value, pair.Second.Value.Value)).Select(pair => pair.Second.Key).ToHashSet();
        var others = judged.Foreign.Select(pair => pair.Key).Where(record => !changing.Contains(record)).Chunk(Committed).ToList();
        return others.Count == 0 ? [changing] : others.Select((part, i) => i == 0 ? changing.Union(part).ToHashSet() : [.. part]);
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

    /// <summary>Reads records, and tells which of them somebody else wrote.</summary>
    private async Task<Judgement> JudgeAsync(string dataset, ScanFinding[] findings, CancellationToken cancellationToken)
    {
        var all = findings.Select(finding => finding.Record).ToHashSet();

        // Other instances commit and apply too: what this one does not know of would wait, and a revision that it does not know would have the whole block wait.
        await windows.Get(dataset).RefreshAloneAsync(cancellationToken);
        var fetched = await fetch.FetchAsync(dataset, findings.Select(finding => (finding.Record, finding.Gone)), cancellationToken);
        if (fetched.Rows is null)
        {
            return new Judgement(all) { WaitReason = fetched.WaitReason };
        }

        await future.TellAsync(dataset, fetched.Rows, Committed, cancellationToken);
        var rows = single.Uncover(dataset, findings, fetched.Rows);
        var window = windows.Get(dataset);
        await window.CommitGate.WaitAsync(cancellationToken);
        try
        {
            if (!await window.RefreshAsync(cancellationToken) || window.Head is not { } head)
            {
                return new Judgement(all);
            }

            var now = Math.Max(clock.NowMs, head.LastTs);
            var due = rows.States.Where(pair => pair.Value.NewestCell <= now).Select(pair => pair.Key);
            var basis = factory.Basis(window, rows, due, clock.NowMs);
            return basis.FetchAgain || basis.Refresh || basis.WaitReason is not null
                ? new Judgement(all) { WaitReason = basis.WaitReason }
                : new Judgement([.. findings.Where(finding => finding.Waits(window, rows, now)).Select(finding => finding.Record)])
                {
                    States = basis.States,
                    Basis = basis with { CommitTs = head.LastTs },
                    HeadSeq = head.Seq,
                };
        }
        finally
        {
            window.CommitGate.Release();
        }
    }

    private async Task<StoreFault> NoteAsync(string dataset, Judgement judged, IReadOnlyList<KeyValuePair<RecordId, RecordState>> foreign, CancellationToken cancellationToken)
    {
        if (foreign.Count == 0)
        {
            return StoreFault.None;
        }

        var puts = new List<RowPut>(foreign.Count);
        var deletes = new List<RowDelete>();
        foreach (var entry in factory.Adopted(judged.Basis! with { Foreign = foreign }, _ => judged.HeadSeq))
        {
            var (row, codec) = (RowKeys.Compose(dataset, entry.Store, entry.Key), codecs.Of(entry.Store));
            puts.Add(RecordRows.Put(row, entry, judged.Basis.CommitTs, whole: false, codec));
            if (RecordRows.Delete(row, entry, judged.Basis.CommitTs, codec) is { } delete)
            {
                deletes.Add(delete);
            }
        }

        return (await store.WriteAsync(tables.TableOf(dataset), puts, deletes, cancellationToken)).Fault;
    }

    /// <summary>What reading a block tells.</summary>
    /// <param name="Deferred">Records that cannot be judged yet.</param>
    private sealed record Judgement(HashSet<RecordId> Deferred)
    {
        /// <summary>Why they cannot; null: somebody else's commit to them is on its way to the cluster.</summary>
        public string? WaitReason { get; init; }

        /// <summary>State by record, as it was read.</summary>
        public IReadOnlyDictionary<RecordId, RecordState> States { get; init; } = new Dictionary<RecordId, RecordState>();

        /// <summary>With the timestamp of the last commit; null: nothing can be judged.</summary>
        public CommitBasis? Basis { get; init; }

        /// <summary>Last seq of the log.</summary>
        public long HeadSeq { get; init; }

        /// <summary>Records that somebody else wrote.</summary>
        public IReadOnlyList<KeyValuePair<RecordId, RecordState>> Foreign => Basis?.Foreign ?? [];
    }
}
