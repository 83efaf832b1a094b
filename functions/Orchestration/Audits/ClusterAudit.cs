using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MyriadSync.ChangeLog;
using MyriadSync.Myriad;

namespace MyriadSync.Orchestration.Audits;

/// <summary>
/// Finds what scans cannot see: rows that jobs deleted, and cells with timestamps older than a scan looks back.
/// <code>
/// idle --begin--> log (records that came in since the last audit) --> rows (the whole table) --> idle
/// </code>
/// All of its state is stored: any instance goes on with it, after a crash as well.
/// </summary>
internal sealed class ClusterAudit(
    IAuditLedger ledger, IChangeLog log, LogWalk walk, RowSweep sweep, ClusterClock clock, ClusterTables tables, IApplierLease lease, TimeProvider time, IOptions<AuditOptions> options, ILogger<ClusterAudit> logger)
{
    /// <summary>How the audits of all tables stand.</summary>
    public async Task<IReadOnlyList<AuditMark>> ReadAsync(CancellationToken cancellationToken)
    {
        var marks = new List<AuditMark>();
        foreach (var table in tables.All)
        {
            marks.Add(await ledger.ReadAsync(table, cancellationToken));
        }

        return marks;
    }

    /// <summary>Has every table audited. An audit that is under way goes on as it is.</summary>
    public async Task<IReadOnlyList<AuditMark>> BeginAsync(CancellationToken cancellationToken)
    {
        foreach (var mark in (await ReadAsync(cancellationToken)).Where(mark => mark.Phase == AuditPhase.Idle))
        {
            // Null: somebody else has begun it.
            await ledger.MoveAsync(
                new AuditMark { Table = mark.Table, Phase = AuditPhase.Log, BegunAt = time.GetUtcNow(), LastRows = mark.LastRows, ETag = mark.ETag }, cancellationToken);
        }

        return await ReadAsync(cancellationToken);
    }

    /// <summary>Works on a table's audit, if one is under way.</summary>
    /// <param name="table">The table.</param>
    /// <param name="budget">How long, at most.</param>
    /// <param name="cancellationToken">Breaks it off; the next call goes on.</param>
    public async Task<AuditMark> ContinueAsync(string table, TimeSpan budget, CancellationToken cancellationToken)
    {
        var run = new AuditRun(await ledger.ReadAsync(table, cancellationToken), ledger, lease, time, options.Value.RowsPerSecond, budget);
        if (run.Mark.Phase == AuditPhase.Idle)
        {
            return run.Mark;
        }

        // A table that is not there yet is created: it has no rows.
        await clock.MeasureAsync(table, cancellationToken);
        if (await WalkAsync(run, cancellationToken))
        {
            while (run.Mark.Phase == AuditPhase.Rows && await run.DoAsync(mark => sweep.StepAsync(mark, cancellationToken), cancellationToken))
            {
                // Each step is stored.
            }
        }

        if (run.Fault != StoreFault.None)
        {
            Logs.Stopped(logger, table, run.Fault);
        }
        else if (run.Mark.Phase == AuditPhase.Idle)
        {
            Logs.Audited(logger, table, run.Mark.Rows, run.Mark.Changed, run.Mark.Gone, run.Mark.Deferred);
        }

        return run.Mark;
    }

    /// <summary>False: it is not through.</summary>
    private async Task<bool> WalkAsync(AuditRun run, CancellationToken cancellationToken)
    {
        if (run.Mark.Phase != AuditPhase.Log)
        {
            return true;
        }

        await foreach (var dataset in log.ReadDatasetsAsync(cancellationToken))
        {
            while (string.CompareOrdinal(dataset, run.Mark.Dataset) > 0
                && tables.Concerns(run.Mark.Table, dataset)
                && await walk.HasNewsAsync(run.Mark.Table, dataset, cancellationToken))
            {
                if (!await run.DoAsync(mark => walk.StepAsync(mark, dataset, cancellationToken), cancellationToken))
                {
                    return false;
                }
            }
        }

        return await run.DoAsync(mark => Task.FromResult(new AuditStep(mark with { Phase = AuditPhase.Rows, Dataset = "" }, 0)), cancellationToken);
    }
}
