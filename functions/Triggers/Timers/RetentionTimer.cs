using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MyriadSync.ChangeLog;
using MyriadSync.Conflicts;
using MyriadSync.Orchestration;
using MyriadSync.Poison;
using MyriadSync.Retention;

namespace MyriadSync.Triggers.Timers;

/// <summary>Lets every dataset forget what is older than the retention time. What one dataset stumbles over does not keep the others.</summary>
internal sealed class RetentionTimer(
    IChangeLog log, RetentionStage stage, ConflictTable conflicts, PoisonTable poison, OrphanedBatches orphans, TimeProvider time, IOptions<RetentionOptions> options, ILogger<RetentionTimer> logger)
{
    /// <summary>Runs retention.</summary>
    [Function("EnforceRetention")]
    public async Task RunAsync([TimerTrigger("%Retention:Schedule%")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var limit = time.GetUtcNow() - TimeSpan.FromDays(options.Value.Days);
        await foreach (var dataset in log.ReadDatasetsAsync(cancellationToken))
        {
            await ForgetAsync(dataset, limit, cancellationToken);
        }

        if (await orphans.SweepAsync(durable, limit, cancellationToken) is > 0 and var swept)
        {
            Logs.Swept(logger, swept);
        }
    }

    private async Task ForgetAsync(string dataset, DateTimeOffset limit, CancellationToken cancellationToken)
    {
        try
        {
            await conflicts.ExpireAsync(dataset, limit, cancellationToken);
            await poison.ForgetAsync(dataset, limit, cancellationToken);
            var answer = await stage.RunAsync(dataset, limit, cancellationToken);
            if (answer.Fault != Myriad.StoreFault.None)
            {
                Logs.Stopped(logger, dataset, answer.Fault);
            }
            else if (answer.Segments + answer.Outcomes > 0)
            {
                Logs.Forgotten(logger, dataset, answer.Segments, answer.Tombstones, answer.Outcomes);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Logs.Failed(logger, e, dataset);
        }
    }
}
