using Microsoft.DurableTask;

namespace MyriadSync.FunctionsRuntime.Durable.Execution;

/// <summary>Calls again what failed. Runs as part of the orchestrator, so that every wait is a durable timer.</summary>
internal static class RetryLoop
{
    /// <summary>By options; the last failure is thrown on.</summary>
    public static Task<T> RunAsync<T>(TaskOrchestrationContext context, TaskRetryOptions options, Func<Task<T>> call) =>
        options.Policy is { } policy ? ByPolicyAsync(context, policy, call) : ByHandlerAsync(context, options.Handler!, call);

    /// <summary>Wait before the attempt after <paramref name="failures"/> failures, the first one being 1.</summary>
    public static TimeSpan Delay(RetryPolicy policy, int failures)
    {
        var milliseconds = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, failures - 1);
        return policy.MaxRetryInterval != Timeout.InfiniteTimeSpan && milliseconds >= policy.MaxRetryInterval.TotalMilliseconds
            ? policy.MaxRetryInterval
            : TimeSpan.FromMilliseconds(Math.Min(milliseconds, TimeSpan.MaxValue.TotalMilliseconds / 2));
    }

    private static async Task<T> ByPolicyAsync<T>(TaskOrchestrationContext context, RetryPolicy policy, Func<Task<T>> call)
    {
        var started = context.CurrentUtcDateTime;
        for (var failures = 1; ; failures++)
        {
            TimeSpan delay;
            try
            {
                return await call();
            }
            catch (TaskFailedException exception) when (failures < policy.MaxNumberOfAttempts && policy.ShouldRetry(exception.FailureDetails)
                && (policy.RetryTimeout == Timeout.InfiniteTimeSpan || context.CurrentUtcDateTime - started < policy.RetryTimeout))
            {
                delay = Delay(policy, failures);
            }

            await context.CreateTimer(delay, CancellationToken.None);
        }
    }

    private static async Task<T> ByHandlerAsync<T>(TaskOrchestrationContext context, AsyncRetryHandler handler, Func<Task<T>> call)
    {
        var started = context.CurrentUtcDateTime;
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException exception)
            {
                var retry = new RetryContext(context, failures, exception.FailureDetails, context.CurrentUtcDateTime - started, CancellationToken.None);
                if (!await handler(retry))
                    throw;
            }
        }
    }
}
