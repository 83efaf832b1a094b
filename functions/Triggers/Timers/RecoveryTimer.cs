using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Orchestration;
using MyriadSync.Poison;
using MyriadSync.Telemetry;
using MyriadSync.Triggers.Queues;

namespace MyriadSync.Triggers.Timers;

/// <summary>
/// Finds what everything else missed: datasets that the cluster is behind on without anybody working on them, and records held or released of which
/// operators were not told because of a crash right after. While it is there it measures how the datasets stand: alerts rest on that. What one dataset
/// stumbles over does not keep the others.
/// </summary>
internal sealed class RecoveryTimer(IChangeLog log, IPoisonFeed feed, PoisonTable poison, PoisonDepth depth, SyncMetrics metrics, TimeProvider time, ILogger<RecoveryTimer> logger)
{
    private const int OpenHeldARun = 100;

    /// <summary>Looks at every dataset; the messages go to queue <c>sync-apply</c>.</summary>
    [Function("RecoverDatasets")]
    [QueueOutput(StorageNames.ApplyQueue)]
    public async Task<string[]> RunAsync([TimerTrigger("%Recovery:Schedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var behind = new List<string>();
        var survey = new LogSurvey();
        await foreach (var dataset in log.ReadDatasetsAsync(cancellationToken))
        {
            try
            {
                if (await IsBehindAsync(dataset, survey, cancellationToken))
                {
                    behind.Add(JsonSerializer.Serialize(new ApplyMessage { Dataset = dataset }, ApplyJson.Default.ApplyMessage));
                }

                await TellAsync(dataset, cancellationToken);
            }
            catch (Exception e) when (e is not (OperationCanceledException or StorageUnavailableException))
            {
                QueueLogs.NotRecovered(logger, e, dataset);
            }
        }

        metrics.Surveyed(survey, await depth.CountAsync(cancellationToken));
        return [.. behind];
    }

    private async Task<bool> IsBehindAsync(string dataset, LogSurvey survey, CancellationToken cancellationToken)
    {
        var applied = await log.ReadAppliedAsync(dataset, cancellationToken);
        var head = await log.ReadHeadAsync(dataset, cancellationToken);
        survey.Add((head?.Seq ?? applied.Seq) - applied.Seq, applied.Held);
        if (head is null || applied.Seq >= head.Seq)
        {
            return false;
        }

        if (await log.ReadSegmentsAsync(dataset, applied.Seq, head.Seq, maxEntries: 1, cancellationToken) is [{ } oldest, ..])
        {
            survey.Add(oldest.CommitTs, time.GetUtcNow());
        }

        return true;
    }

    private async Task TellAsync(string dataset, CancellationToken cancellationToken)
    {
        // Entries first: a record that is held after this look is none that was released. A page is enough, the rest has its turn when these are closed.
        var open = await poison.ListAsync(dataset, new PoisonFilter { State = PoisonState.Open, Kind = PoisonKinds.Held }, null, OpenHeldARun, cancellationToken);
        var applied = await log.ReadAppliedAsync(dataset, cancellationToken);
        var held = applied.Held > 0 ? await log.ReadHeldAsync(dataset, cancellationToken) : [];
        foreach (var row in held)
        {
            if (await poison.FindAsync(dataset, row.PoisonId, cancellationToken) is not { } entry || entry.Item.Seq < row.Entry.Rev)
            {
                await feed.SendHeldAsync(dataset, [row with { Redriven = row.Entry.Cause == row.PoisonId }], cancellationToken);
            }
        }

        foreach (var entry in open.Entries.Where(entry => held.All(row => row.PoisonId != entry.Item.PoisonId)))
        {
            await poison.RecordAsync(entry.Item with { Released = true, By = RecordState.Myriad }, cancellationToken);
        }
    }
}
