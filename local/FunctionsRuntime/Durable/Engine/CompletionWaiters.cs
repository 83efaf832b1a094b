using System.Collections.Concurrent;
using MyriadSync.FunctionsRuntime.Durable.History;

namespace MyriadSync.FunctionsRuntime.Durable.Engine;

/// <summary>Waits for the end of instances, of those too that do not exist yet. Nothing polls.</summary>
/// <param name="running">The end of an instance that has not ended.</param>
/// <param name="find">An instance as committed.</param>
internal sealed class CompletionWaiters(Func<string, Task<OrchestrationRecord>?> running, Func<string, OrchestrationRecord?> find)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Task<OrchestrationRecord>>> _awaited = new(StringComparer.Ordinal);

    /// <summary>The instance, once it has ended.</summary>
    public async Task<OrchestrationRecord> WaitAsync(string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Look(id) is { } known)
                return await known.WaitAsync(cancellationToken);

            var source = _awaited.GetOrAdd(id, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
            try
            {
                // It may have been created, and may even have ended, before the source was there to be told.
                var end = Look(id) ?? await source.Task.WaitAsync(cancellationToken);
                return await end.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (source.Task.IsCanceled && !cancellationToken.IsCancellationRequested)
            {
                continue; // Another waiter gave up and took the source with it.
            }
            finally
            {
                if (_awaited.TryRemove(new(id, source)))
                    source.TrySetCanceled(CancellationToken.None);
            }
        }
    }

    /// <summary>An instance was created.</summary>
    public void OnCreated(string id, Task<OrchestrationRecord> end)
    {
        if (_awaited.TryRemove(id, out var source))
            source.TrySetResult(end);
    }

    private Task<OrchestrationRecord>? Look(string id)
    {
        if (running(id) is { } end)
            return end;
        return find(id) is { IsFinished: true } record ? Task.FromResult(record) : null;
    }
}
