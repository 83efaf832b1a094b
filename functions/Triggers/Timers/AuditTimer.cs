using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using MyriadSync.Myriad;
using MyriadSync.Orchestration.Audits;
using Logs = MyriadSync.Orchestration.Audits.Logs;

namespace MyriadSync.Triggers.Timers;

/// <summary>Has the tables audited, and works on the audits that are under way. What one table stumbles over does not keep the others.</summary>
internal sealed class AuditTimer(ClusterAudit audit, ClusterTables tables, ILogger<AuditTimer> logger)
{
    /// <summary>Of one table in one run. All runs together stay below host.json's <c>functionTimeout</c> where there are few tables; one that does not is broken off, and the next goes on.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(4);

    /// <summary>Begins an audit of every table.</summary>
    [Function("BeginAudit")]
    public Task BeginAsync([TimerTrigger("%Myriad:Audit:Schedule%")] TimerInfo timer, CancellationToken cancellationToken) => audit.BeginAsync(cancellationToken);

    /// <summary>Goes on with the audits that are under way, whoever began them.</summary>
    [Function("ContinueAudit")]
    public async Task ContinueAsync([TimerTrigger("%Recovery:Schedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        foreach (var table in tables.All)
        {
            try
            {
                await audit.ContinueAsync(table, Budget, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Logs.Failed(logger, e, table);
            }
        }
    }
}
