namespace MyriadSync.FunctionsRuntime.Durable.Engine;

/// <summary>Counts what is going on, so that a stopping host can wait for it.</summary>
internal sealed class InFlight
{
    private readonly Lock _gate = new();
    private int _count;
    private TaskCompletionSource? _idle;

    /// <summary>Something began.</summary>
    public void Enter()
    {
        lock (_gate)
            _count++;
    }

    /// <summary>Something ended.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_count == 0)
                _idle?.TrySetResult();
        }
    }

    /// <summary>Waits until nothing is going on; false if <paramref name="cancellationToken"/> came first.</summary>
    public async Task<bool> WaitUntilIdleAsync(CancellationToken cancellationToken)
    {
        Task idle;
        lock (_gate)
        {
            if (_count == 0)
                return true;
            _idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            idle = _idle.Task;
        }

        await Task.WhenAny(idle, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
        return idle.IsCompleted;
    }
}
