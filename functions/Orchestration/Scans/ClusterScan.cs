using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;

namespace MyriadSync.Orchestration.Scans;

/// <summary>
/// Finds what jobs wrote into a table since the last scan, and has it taken into the log. A scan looks at recent cells only and knows sync's own by their
/// timestamps; only rows that may be somebody else's are read whole. The mark moves after the commits, and not past what could not be judged: a scan that
/// breaks off anywhere is simply done again.
/// </summary>
internal sealed class ClusterScan(
    IRecordStore store,
    IScanMarks marks,
    ClusterClock clock,
    IRowCodecs codecs,
    IStoreCatalog stores,
    ForeignIntake single,
    BulkIntake bulk,
    IOptions<ScanOptions> options,
    ILogger<ClusterScan> logger)
{
    /// <summary>Rows of a page.</summary>
    private const int PageRows = 1000;

    /// <summary>Looks through a table once.</summary>
    public async Task<ScanReport> RunAsync(string table, CancellationToken cancellationToken)
    {
        await clock.RemeasureAsync(table, cancellationToken);
        var run = new ScanRun(await marks.ReadAsync(table, cancellationToken), clock.NowMs);
        if (run.Mark.Loading.Count > 0)
        {
            // Another scan that is at this load must not say that it has ended: what this one notes would be in no pull if it broke off after that.
            if (await marks.MoveAsync(run.Mark, cancellationToken) is not { } claimed)
            {
                return run.Report;
            }

            run.Mark = claimed;
        }

        var since = Math.Max(0, run.Mark.JudgedTo - (long)options.Value.Overlap.TotalMilliseconds);
        for (var start = ""; start is not null;)
        {
            var page = await store.ScanChangedAsync(table, start, since, PageRows, cancellationToken);
            if (page.Fault != StoreFault.None)
            {
                return run.Stop(page.Fault);
            }

            Sift(page.Rows, run);
            foreach (var dataset in run.Datasets)
            {
                if ((run.IsLoading(dataset) || run.Open(dataset) > options.Value.BulkRows) && !await LoadAsync(run, dataset, cancellationToken))
                {
                    return run.Report;
                }
            }

            start = page.NextStart;
        }

        return await EndAsync(run, cancellationToken);
    }

    private void Sift(IReadOnlyList<Row> rows, ScanRun run)
    {
        run.Saw(rows.Count);
        foreach (var row in rows)
        {
            if (RowKeys.TryParse(row.Key, out var dataset, out var name, out var key) && stores.Find(name) is not null && ForeignTrace.Of(row, codecs.Of(name)) is { } trace)
            {
                run.Add(dataset, new ScanFinding(new RecordId(name, key), trace.Oldest, trace.Hidden));
            }
        }
    }

    /// <summary>False: another scan of the table is at work as well, and goes on.</summary>
    private async Task<bool> LoadAsync(ScanRun run, string dataset, CancellationToken cancellationToken)
    {
        if (!run.IsLoading(dataset))
        {
            // Told before the first row is noted: a note hides the row from later scans, and only the new epoch shows it to clients.
            Logs.LoadBegun(logger, dataset, run.Open(dataset));
            if (await marks.MoveAsync(run.Mark with { Loading = [.. run.Mark.Loading, dataset] }, cancellationToken) is not { } moved)
            {
                return false;
            }

            run.Mark = moved;
        }

        foreach (var part in run.Take(dataset))
        {
            var answer = await bulk.TakeAsync(dataset, part, cancellationToken);
            run.Note(part, answer);
            if (answer.Taken > 0)
            {
                run.Renew(dataset);
            }
        }

        return true;
    }

    private async Task<ScanReport> EndAsync(ScanRun run, CancellationToken cancellationToken)
    {
        foreach (var dataset in run.Datasets)
        {
            foreach (var part in run.Take(dataset))
            {
                run.Note(part, await single.TakeAsync(dataset, part, cancellationToken));
            }
        }

        foreach (var dataset in run.Mark.Loading.Where(run.IsRenewing))
        {
            await bulk.FinishAsync(dataset, cancellationToken);
            Logs.LoadEnded(logger, dataset);
        }

        await marks.MoveAsync(run.Mark with { JudgedTo = run.JudgedTo, Loading = [] }, cancellationToken);
        return run.Report;
    }
}
