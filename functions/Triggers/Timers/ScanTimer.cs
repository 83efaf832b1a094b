using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using MyriadSync.Myriad;
using MyriadSync.Orchestration;
using MyriadSync.Orchestration.Scans;
using Logs = MyriadSync.Orchestration.Scans.Logs;

namespace MyriadSync.Triggers.Timers;

/// <summary>Brings what jobs wrote on the cluster to the browsers. One scan of a table at a time; what one table stumbles over does not keep the others.</summary>
internal sealed class ScanTimer(ClusterScan scan, ClusterTables tables, IApplierLease lease, ILogger<ScanTimer> logger)
{
    /// <summary>Scans every table.</summary>
    [Function("ScanCluster")]
    public async Task RunAsync([TimerTrigger("%Myriad:Scan:Schedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        foreach (var table in tables.All)
        {
            await using var held = await lease.TryAcquireAsync(ScanLease.Of(table), cancellationToken);
            if (held is not null)
            {
                await ScanAsync(table, cancellationToken);
            }
        }
    }

    private async Task ScanAsync(string table, CancellationToken cancellationToken)
    {
        try
        {
            var report = await scan.RunAsync(table, cancellationToken);
            if (report.Fault != StoreFault.None)
            {
                Logs.ScanStopped(logger, table, report.Fault);
            }
            else if (report.Taken + report.Deferred > 0)
            {
                Logs.Scanned(logger, table, report.Rows, report.Taken, report.Deferred);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Logs.ScanFailed(logger, e, table);
        }
    }
}
