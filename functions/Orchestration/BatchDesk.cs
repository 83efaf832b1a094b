using System.Diagnostics;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Orchestration.Stages;

namespace MyriadSync.Orchestration;

/// <summary>
/// Takes batches in and tells how they stand. What decides is the log: a batch whose changes are all below the client's last seq is settled, whatever
/// became of its orchestration. The instance id only saves work.
/// </summary>
internal sealed class BatchDesk(IChangeLog log, LogWindows windows, BatchLoader loader, BatchMemory memory, AnswerBuilder answers)
{
    /// <summary>Takes a batch in and waits until it is on the cluster, at most for <paramref name="wait"/>.</summary>
    public async Task<BatchReply> PushAsync(
        DurableTaskClient durable, string dataset, BatchSender sender, Batch batch, ReadOnlyMemory<byte> body, TimeSpan wait, CancellationToken cancellationToken)
    {
        var sub = sender.Sub;
        var client = await log.ReadClientAsync(dataset, batch.ClientId, cancellationToken);
        var admission = Admission.Check(client, batch, sub);
        if (admission.Problem is not null)
        {
            return BatchReply.Of(admission.Problem, admission.ExpectedSeq);
        }

        if (await EpochChangedAsync(dataset, batch, cancellationToken))
        {
            return client is null ? BatchReply.Of(Problems.ClientUnknown, 1) : BatchReply.Of(Problems.EpochChanged);
        }

        if (admission.ExpectedSeq > batch.FirstSeq)
        {
            var seen = await log.ReadOutcomesAsync(dataset, batch.ClientId, batch.FirstSeq, Math.Min(batch.LastSeq, admission.ExpectedSeq - 1), cancellationToken);
            if (Admission.CheckRepeat(batch, seen) is { } problem)
            {
                return BatchReply.Of(problem);
            }

            if (batch.LastSeq < admission.ExpectedSeq)
            {
                return Reply(await answers.BuildAsync(dataset, batch.BatchId, batch.FirstSeq, batch.LastSeq, seen, applied: false, sender.Scope, cancellationToken));
            }
        }

        var instanceId = new BatchScope(dataset, batch.ClientId, batch.BatchId).InstanceId;
        var known = await durable.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellationToken);
        if (known?.ReadInputAs<SyncBatchInput>() is { } earlier)
        {
            if (earlier.Sub != sub && known.IsRunning)
            {
                // Two users with the same new client id: whoever came first is served, and the other one must not see how.
                return BatchReply.Of(Problems.ClientOfAnother);
            }

            if (earlier.Sub == sub && earlier.BodyHash != batch.BodyHash)
            {
                return BatchReply.Of(Problems.BatchIdReused);
            }
        }

        var input = new SyncBatchInput
        {
            Dataset = dataset,
            Sub = sub,
            Roles = sender.Roles,
            ClientId = batch.ClientId,
            BatchId = batch.BatchId,
            BodyHash = batch.BodyHash,
            FirstSeq = batch.FirstSeq,
            LastSeq = batch.LastSeq,
            TraceParent = Activity.Current?.Id ?? "",
        };
        if (known is not { IsRunning: true })
        {
            await StartAsync(durable, input, instanceId, batch, body, cancellationToken);
        }

        return await AwaitAsync(durable, input, instanceId, wait, sender.Scope, cancellationToken);
    }

    /// <summary>How a batch stands, after at most <paramref name="wait"/>.</summary>
    public async Task<BatchReply> FindAsync(DurableTaskClient durable, BatchScope scope, BatchSender sender, TimeSpan wait, CancellationToken cancellationToken)
    {
        var sub = sender.Sub;
        var client = await log.ReadClientAsync(scope.Dataset, scope.ClientId, cancellationToken);
        if (client is not null && client.Sub != sub)
        {
            return BatchReply.Of(Problems.ClientOfAnother);
        }

        var instance = await durable.GetInstanceAsync(scope.InstanceId, getInputsAndOutputs: true, cancellationToken);
        if (instance?.ReadInputAs<SyncBatchInput>() is { } input && (input.Sub == sub || client is null))
        {
            return input.Sub != sub ? BatchReply.Of(Problems.ClientOfAnother) : await AwaitAsync(durable, input, scope.InstanceId, wait, sender.Scope, cancellationToken);
        }

        var rows = await log.ReadBatchAsync(scope.Dataset, scope.ClientId, scope.BatchId, cancellationToken);
        return rows.Count == 0
            ? new BatchReply()
            : Reply(await answers.BuildAsync(scope.Dataset, scope.BatchId, rows[0].FirstSeq, rows[^1].LastSeq, rows, applied: false, sender.Scope, cancellationToken));
    }

    private async Task<bool> EpochChangedAsync(string dataset, Batch batch, CancellationToken cancellationToken)
    {
        if (batch.Epoch is null)
        {
            return false;
        }

        var window = windows.Get(dataset);
        return window.Head?.Epoch != batch.Epoch && (await log.ReadHeadAsync(dataset, cancellationToken))?.Epoch is { } epoch && epoch != batch.Epoch;
    }

    private async Task StartAsync(
        DurableTaskClient durable, SyncBatchInput input, string instanceId, Batch batch, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var stored = await loader.StoreAsync(input, instanceId, body, cancellationToken);
        memory.Forget(instanceId);
        memory.Get(instanceId).Batch = batch;
        try
        {
            await durable.ScheduleNewOrchestrationInstanceAsync(
                nameof(SyncBatchOrchestrator), stored, new StartOrchestrationOptions { InstanceId = instanceId }, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Refused because a twin of this request was quicker: then there is an orchestration, and it serves both.
            if (await durable.GetInstanceAsync(instanceId, cancellationToken) is null)
            {
                throw;
            }
        }
    }

    private async Task<BatchReply> AwaitAsync(
        DurableTaskClient durable, SyncBatchInput input, string instanceId, TimeSpan wait, ReadScope scope, CancellationToken cancellationToken)
    {
        var instance = await CompletionAsync(durable, instanceId, wait, cancellationToken);
        var output = instance is { IsCompleted: true } ? instance.ReadOutputAs<SyncBatchOutput>() : null;
        var rows = memory.Settled(instanceId);
        if (rows is null)
        {
            var client = await log.ReadClientAsync(input.Dataset, input.ClientId, cancellationToken);
            if (client is not null && client.Sub != input.Sub)
            {
                return BatchReply.Of(Problems.ClientOfAnother);
            }

            rows = client is null || client.LastClientSeq < input.LastSeq
                ? []
                : await log.ReadOutcomesAsync(input.Dataset, input.ClientId, input.FirstSeq, input.LastSeq, cancellationToken);
            if (output is not { Problem: null } && !IsSettledBy(input, rows))
            {
                return output?.Problem is not null ? BatchReply.Of(output.Problem, output.ExpectedSeq) : Waiting(input, instance);
            }
        }

        if (output is not null)
        {
            memory.Forget(instanceId);
        }

        // The run that is there may be a twin's of the same id with another body, begun a moment before this one: its outcomes are no answer to this batch.
        return rows.Any(row => row.BatchId == input.BatchId && row.BodyHash != input.BodyHash)
            ? BatchReply.Of(Problems.BatchIdReused)
            : Reply(await answers.BuildAsync(input.Dataset, input.BatchId, input.FirstSeq, input.LastSeq, rows, output?.Applied == true, scope, cancellationToken));
    }

    /// <summary>
    /// The outcomes are those of this very batch. Others under its seqs are a forked client's, or repeats of what an earlier batch brought: which of
    /// the two, its own run finds out.
    /// </summary>
    private static bool IsSettledBy(SyncBatchInput input, IReadOnlyList<OutcomesRow> rows) =>
        rows.Count > 0 && rows[^1].BatchId == input.BatchId && rows[^1].BodyHash == input.BodyHash;

    private static async Task<OrchestrationMetadata?> CompletionAsync(DurableTaskClient durable, string instanceId, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait > TimeSpan.Zero)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            over.CancelAfter(wait);
            try
            {
                return await durable.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, over.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The wait is over; the batch goes on.
            }
        }

        return await durable.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellationToken);
    }

    private static BatchReply Waiting(SyncBatchInput input, OrchestrationMetadata? instance)
    {
        var status = instance?.SerializedCustomStatus is null ? null : instance.ReadCustomStatusAs<WaitStatus>();
        return new BatchReply
        {
            Answer = new BatchAnswer { BatchId = input.BatchId, Status = BatchStatus.Accepted, WaitingFor = status?.Reason, WaitingSince = status?.Since },
        };
    }

    private static BatchReply Reply(BatchAnswer? answer) => answer is null ? BatchReply.Of(Problems.ClusterUnavailable) : new BatchReply { Answer = answer };
}
