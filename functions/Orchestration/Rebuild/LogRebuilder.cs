using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Tables;
using MyriadSync.Myriad;
using MyriadSync.Orchestration.Stages;

namespace MyriadSync.Orchestration.Rebuild;

/// <summary>
/// Begins logs anew over the rows that the cluster has, after storage was lost or restored from an older copy, while no instance of the app runs. Each step
/// may be repeated, and until the last one the old log is as it was: a run that was stopped anywhere is finished by the next.
/// <code>
/// bring the cluster up to what the copy has -> read every row -> let go of refused records that the cluster has in a later revision
///     -> have jobs' work looked for from the beginning -> per dataset: forget the clients, write the head
/// </code>
/// </summary>
internal sealed class LogRebuilder(
    IChangeLog log,
    IRebuiltLog rebuilt,
    ApplyStage apply,
    OutdatedHolds holds,
    IRecordStore store,
    IScanMarks marks,
    IAuditLedger audits,
    IRowCodecs codecs,
    IStoreCatalog stores,
    TableMap tables,
    RecordPlaces places,
    ClusterClock clock,
    IIdSource ids,
    TimeProvider time)
{
    /// <summary>
    /// Seqs that are left out above the highest one known. A commit that was lost before it reached the cluster, and one whose row a job deleted, have left
    /// no trace of theirs; there were fewer of those than a process may have waiting.
    /// </summary>
    public const long Margin = 10L * LogWindow.MaxBacklog;

    /// <summary>Segments of so many entries are checked at a time.</summary>
    private const int ChainEntries = 5000;

    /// <summary>How long instances that still run are given to show: they scan the cluster once a minute or more often.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(70);

    /// <summary>Begins logs anew.</summary>
    /// <param name="dataset">The dataset; null: all that the log or the cluster knows.</param>
    /// <param name="grace">Time that the run takes at least; zero when it is sure that no instance runs.</param>
    /// <param name="cancellationToken">Stops; run again to go on.</param>
    public async Task<RebuildAnswer> RebuildAsync(string? dataset, TimeSpan grace, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var survey = new ClusterSurvey(store, log, rebuilt, codecs, stores, tables, places, clock);
        var health = await store.CheckAsync(cancellationToken);
        if (health.Fault != StoreFault.None)
        {
            return RebuildAnswer.Stopped([], $"The cluster does not answer ({health.Reason}). Nothing was changed.");
        }

        var scanned = new List<ScanMark>();
        foreach (var table in survey.Tables(dataset).Where(part => part.Beside is null))
        {
            scanned.Add(await marks.ReadAsync(table.Table, cancellationToken));
        }

        var known = await KnownAsync(dataset, cancellationToken);
        foreach (var (name, before) in known)
        {
            if (await DrainAsync(name, before, cancellationToken) is { } trouble)
            {
                return RebuildAnswer.Stopped([], trouble);
            }
        }

        if (await survey.RunAsync(dataset, cancellationToken) is { } unread)
        {
            return RebuildAnswer.Stopped([], unread);
        }

        foreach (var name in known.Keys)
        {
            var (released, trouble) = await holds.ReleaseAsync(name, cancellationToken);
            if (trouble is not null)
            {
                return RebuildAnswer.Stopped([], trouble);
            }

            survey.Of(name).Released = released;
        }

        if (grace > time.GetElapsedTime(begun))
        {
            await Task.Delay(grace - time.GetElapsedTime(begun), time, cancellationToken);
        }

        foreach (var mark in scanned)
        {
            if (await ForgetScansAsync(mark, cancellationToken) is { } trouble)
            {
                return RebuildAnswer.Stopped([], trouble);
            }
        }

        return await BeginAsync(dataset, known, survey, cancellationToken);
    }

    /// <summary>The datasets that have a log, with their heads as they are before anything is done.</summary>
    private async Task<Dictionary<string, HeadRow?>> KnownAsync(string? dataset, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, HeadRow?>(StringComparer.Ordinal);
        var names = dataset is null ? await log.ReadDatasetsAsync(cancellationToken).ToListAsync(cancellationToken) : [dataset];
        foreach (var name in names)
        {
            known[name] = await log.ReadHeadAsync(name, cancellationToken);
        }

        return known;
    }

    /// <summary>Brings the cluster up to what the log has. Null: done.</summary>
    private async Task<string?> DrainAsync(string dataset, HeadRow? head, CancellationToken cancellationToken)
    {
        var applied = await log.ReadAppliedAsync(dataset, cancellationToken);
        for (var seq = applied.Seq; seq < (head?.Seq ?? 0);)
        {
            if (await log.ReadSegmentsAsync(dataset, seq, head!.Seq, ChainEntries, cancellationToken) is not { Count: > 0 } segments)
            {
                return $"Dataset {dataset}: the copy of the log is not whole, what follows seq {seq} is missing of {head.Seq}. Restore another copy; or remove the dataset's rows from table "
                    + $"{StorageNames.ChangeLogTable}, and what is on the cluster is all there is. Then run again.";
            }

            seq = segments[^1].Last;
        }

        var answer = await apply.CatchUpAsync(dataset, head?.Seq ?? 0, cancellationToken);
        return answer.WaitReason is null
            ? null
            : $"Dataset {dataset}: the cluster is at {answer.AppliedSeq} of {answer.HeadSeq} ({answer.WaitReason}). No log was begun anew. Run again.";
    }

    /// <summary>The next scan and the next audit look at all of the table, whatever they have judged: what became of that is in the log that is lost.</summary>
    private async Task<string?> ForgetScansAsync(ScanMark mark, CancellationToken cancellationToken)
    {
        if (await marks.MoveAsync(mark with { JudgedTo = 0 }, cancellationToken) is null)
        {
            return $"Table {mark.Table} was scanned meanwhile: an instance of the app runs. No log was begun anew. Stop every instance, and run again.";
        }

        var audit = await audits.ReadAsync(mark.Table, cancellationToken);
        await audits.MoveAsync(
            new AuditMark { Table = mark.Table, Phase = AuditPhase.Log, BegunAt = time.GetUtcNow(), LastRows = audit.LastRows, Loading = audit.Loading, ETag = audit.ETag }, cancellationToken);
        return null;
    }

    private async Task<RebuildAnswer> BeginAsync(string? dataset, Dictionary<string, HeadRow?> known, ClusterSurvey survey, CancellationToken cancellationToken)
    {
        var done = new List<RebuiltDataset>();
        foreach (var name in known.Keys.Union(survey.Datasets.Keys).Order(StringComparer.Ordinal))
        {
            var found = survey.Of(name);
            var head = known.GetValueOrDefault(name);
            if (head is null && found.HighestRev == 0)
            {
                // Jobs' rows alone, or none: a scan takes them over as it does everywhere.
                continue;
            }

            if (await BeginAsync(name, head, found, cancellationToken) is not { } begun)
            {
                return RebuildAnswer.Stopped(done, $"Dataset {name} was written meanwhile: an instance of the app runs. Stop every instance, and run again.");
            }

            done.Add(begun);
        }

        return dataset is not null && done.Count == 0
            ? RebuildAnswer.Stopped([], $"Dataset {dataset}: there is no log, and no row on the cluster that sync wrote.")
            : new RebuildAnswer(true, done, []);
    }

    private async Task<RebuiltDataset?> BeginAsync(string dataset, HeadRow? head, DatasetSurvey found, CancellationToken cancellationToken)
    {
        var applied = await log.ReadAppliedAsync(dataset, cancellationToken);
        var behind = await rebuilt.ReadBehindHeadAsync(dataset, head?.Seq ?? 0, cancellationToken);
        var seq = Margin + new[] { head?.Seq ?? 0, applied.Seq, behind.Seq, found.HighestRev }.Max();
        var next = new HeadRow
        {
            Seq = seq,
            LastTs = new[] { head?.LastTs ?? 0, behind.CommitTs, found.HighestTimestamp, clock.NowMs }.Max(),
            Epoch = ids.NewId(),
            OldestSeq = seq,
            ETag = "",
        };

        // Before the head: with the new one, a client that got further than its row says would be taken at its word.
        var clients = await rebuilt.ForgetClientsAsync(dataset, cancellationToken);
        return !await rebuilt.BeginAnewAsync(dataset, head, applied, next, cancellationToken)
            ? null
            : new RebuiltDataset
            {
                Dataset = dataset,
                Rows = found.Rows,
                Differing = found.Differing,
                Ahead = found.Ahead,
                HighestRev = found.HighestRev,
                HighestTimestamp = found.HighestTimestamp,
                Clients = clients,
                Released = found.Released,
                OldEpoch = head?.Epoch,
                OldSeq = head?.Seq ?? 0,
                Epoch = next.Epoch,
                Seq = next.Seq,
            };
    }
}
