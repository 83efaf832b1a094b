using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using MyriadSync.ChangeLog;
using MyriadSync.Orchestration;
using MyriadSync.Poison;
using MyriadSync.Telemetry;

namespace MyriadSync.Triggers.Timers;

/// <summary>
/// Finds what everything else missed: datasets that the cluster is behind on without anybody working on them, and held records that operators were
/// not told of because of a crash right after they were held. While it is there it measures how the datasets stand: alerts rest on that.
/// </summary>
internal sealed class RecoveryTimer(IChangeLog log, IPoisonFeed feed, PoisonTable poison, PoisonDepth depth, SyncMetrics metrics, TimeProvider time)
{
    /// <summary>Looks at every dataset; the messages go to queue <c>sync-apply</c>.</summary>
    [Function("RecoverDatasets")]
    [QueueOutput(StorageNames.ApplyQueue)]
    public async Task<string[]> RunAsync([TimerTrigger("%Recovery:Schedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var behind = new List<string>();
        var survey = new LogSurvey();
        await foreach (var dataset in log.ReadDatasetsAsync(cancellationToken))
        {
            var applied = await log.ReadAppliedAsync(dataset, cancellationToken);
            var head = await log.ReadHeadAsync(dataset, cancellationToken);
            survey.Add((head?.Seq ?? applied.Seq) - applied.Seq, applied.Held);
            if (head is not null && applied.Seq < head.Seq)
            {
                if (await log.ReadSegmentsAsync(dataset, applied.Seq, head.Seq, maxEntries: 1, cancellationToken) is [{ } oldest, ..])
                {
                    survey.Add(oldest.CommitTs, time.GetUtcNow());
                }

                behind.Add(JsonSerializer.Serialize(new ApplyMessage { Dataset = dataset }, ApplyJson.Default.ApplyMessage));
            }

            if (applied.Held > 0)
            {
                await TellAsync(dataset, cancellationToken);
            }
        }

        metrics.Surveyed(survey, await depth.CountAsync(cancellationToken));
        return [.. behind];
    }

    private async Task TellAsync(string dataset, CancellationToken cancellationToken)
    {
        foreach (var held in await log.ReadHeldAsync(dataset, cancellationToken))
        {
            if (!await poison.HasAsync(dataset, held.PoisonId, cancellationToken))
            {
                await feed.SendHeldAsync(dataset, [held], cancellationToken);
            }
        }
    }
}
