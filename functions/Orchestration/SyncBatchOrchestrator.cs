using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using MyriadSync.Orchestration.Activities;

namespace MyriadSync.Orchestration;

/// <summary>
/// The way of a batch. Control flow only; what happens is in the activities, what is decided in pure code behind them.
/// <code>
///            +-------- wait, at most 60 s -------+--------------------+
///            v                                   |                    |
///   start -> fetch -> transform -> resolve ------+-- fetch again -----+
///                                     |-- problem: nothing is kept, end
///                                     v
///                                   apply --> applied, end
///                                     '-----> after three tries: committed, the queue goes on, end
/// </code>
/// Before the commit it waits for as long as it takes: being unreachable never fails or poisons a batch.
/// </summary>
public static class SyncBatchOrchestrator
{
    private const int ApplyTries = 3;

    /// <summary>Waits after which the history is begun anew.</summary>
    private const int WaitsARun = 40;

    /// <summary>Fetches in a row without a pause.</summary>
    private const int FetchesARow = 5;

    /// <summary>A crash or a defect in an activity: tried again a few times at once; after that it counts as a reason to wait.</summary>
    private static readonly TaskOptions Retry = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(200), 2.0));

    /// <summary>Runs a batch.</summary>
    [Function(nameof(SyncBatchOrchestrator))]
    public static async Task<SyncBatchOutput> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, SyncBatchInput input)
    {
        var fetches = 0;
        for (var waits = 0; waits < WaitsARun;)
        {
            var resolved = await TryOnceAsync(context, input);
            if (resolved is { FetchAgain: true } && ++fetches % FetchesARow != 0)
            {
                continue;
            }

            if (resolved.Problem is not null)
            {
                return new SyncBatchOutput { Problem = resolved.Problem, ExpectedSeq = resolved.ExpectedSeq };
            }

            if (resolved.WaitReason is null && !resolved.FetchAgain)
            {
                return await ApplyAsync(context, input, resolved.HeadSeq);
            }

            input = input with { WaitingSince = input.WaitingSince ?? context.CurrentUtcDateTime, Waits = input.Waits + 1 };
            context.SetCustomStatus(new WaitStatus(resolved.WaitReason ?? Stages.WaitReasons.Contention, input.WaitingSince.Value));
            await context.CreateTimer(BackOff.Pause(input.Waits - 1, context.NewGuid()), CancellationToken.None);
            waits++;
        }

        context.ContinueAsNew(input);
        return new SyncBatchOutput();
    }

    private static async Task<ResolveResult> TryOnceAsync(TaskOrchestrationContext context, SyncBatchInput input)
    {
        try
        {
            var fetched = await context.CallActivityAsync<FetchResult>(nameof(FetchActivity), input, Retry);
            if (fetched.WaitReason is not null)
            {
                return new ResolveResult { WaitReason = fetched.WaitReason };
            }

            await context.CallActivityAsync<TransformResult>(nameof(TransformActivity), input, Retry);
            return await context.CallActivityAsync<ResolveResult>(nameof(ResolveActivity), input, Retry);
        }
        catch (TaskFailedException)
        {
            // The activity logged what it was. Nothing is lost: the batch waits until it works, or until a mended version runs.
            return new ResolveResult { WaitReason = Stages.WaitReasons.ProcessingFailed };
        }
    }

    private static async Task<SyncBatchOutput> ApplyAsync(TaskOrchestrationContext context, SyncBatchInput input, long headSeq)
    {
        for (var tries = 1; tries <= ApplyTries; tries++)
        {
            if (await TryApplyAsync(context, new ApplyInput(input.Dataset, headSeq, tries == ApplyTries)))
            {
                return new SyncBatchOutput { Applied = true, HeadSeq = headSeq };
            }

            if (tries < ApplyTries)
            {
                await context.CreateTimer(BackOff.Pause(tries, context.NewGuid()), CancellationToken.None);
            }
        }

        return new SyncBatchOutput { HeadSeq = headSeq };
    }

    private static async Task<bool> TryApplyAsync(TaskOrchestrationContext context, ApplyInput input)
    {
        try
        {
            return (await context.CallActivityAsync<ApplyResult>(nameof(ApplyActivity), input, Retry)).Applied;
        }
        catch (TaskFailedException)
        {
            // The activity logged what it was. The batch is committed: whatever comes next to the dataset, or the timer that looks after it, applies it.
            return false;
        }
    }
}
