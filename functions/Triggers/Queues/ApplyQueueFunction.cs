using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Orchestration;
using MyriadSync.Orchestration.Stages;

namespace MyriadSync.Triggers.Queues;

/// <summary>
/// Brings the cluster up to date where a batch's own orchestration could not. While the cluster is down the message comes back later, by a new
/// message and not by failing: five failures would park what is not at fault.
/// </summary>
internal sealed class ApplyQueueFunction(IChangeLog log, LogWindows windows, ApplyStage stage, IApplierLease lease, IApplyQueue queue, ILogger<ApplyQueueFunction> logger)
{
    private static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(5);

    /// <summary>Catches up with one dataset.</summary>
    [Function("ApplyDataset")]
    public async Task RunAsync([QueueTrigger(StorageNames.ApplyQueue)] ApplyMessage message, CancellationToken cancellationToken)
    {
        if (message.Version > 1)
        {
            throw new NewerFormatException("A message of queue " + StorageNames.ApplyQueue, message.Version, 1);
        }

        await using var held = await lease.TryAcquireAsync(message.Dataset, cancellationToken);
        if (held is null)
        {
            // Another instance is at it; look again later, in case it stops before it is done.
            await queue.SendAsync(message, BusyPause, cancellationToken);
            return;
        }

        var window = windows.Get(message.Dataset);
        var head = await log.ReadHeadAsync(message.Dataset, cancellationToken);
        if (head is null)
        {
            return;
        }

        if (window.HeadSeq < head.Seq)
        {
            await window.RefreshAloneAsync(cancellationToken);
        }

        var answer = await stage.CatchUpAsync(message.Dataset, head.Seq, cancellationToken);
        if (answer.WaitReason is not null)
        {
            QueueLogs.ApplyWaits(logger, message.Dataset, answer.AppliedSeq, answer.HeadSeq, answer.WaitReason);
            await queue.SendAsync(message with { Tries = message.Tries + 1 }, BackOff.Pause(message.Tries, Guid.Empty), cancellationToken);
        }
    }
}
