namespace MyriadSync.FunctionsRuntime.Durable.Execution;

/// <summary>
/// Runs an orchestrator's continuations on the one thread that drives its current turn. A continuation that arrives from any other thread
/// comes from an await of something that is not durable, which replay could not repeat: it is reported and never run.
/// </summary>
internal sealed class TurnSynchronizationContext(Action<string> reportForeignAwait) : SynchronizationContext
{
    private const int NoThread = 0;

    private readonly Queue<(SendOrPostCallback Callback, object? State)> _work = new();
    private int _thread = NoThread;

    /// <summary>Whether the caller is the thread that drives the turn.</summary>
    public bool IsOnTurn => Volatile.Read(ref _thread) == Environment.CurrentManagedThreadId;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsOnTurn)
            _work.Enqueue((d, state));
        else
            reportForeignAwait(AwaitingMethod.Describe(state));
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (IsOnTurn)
            d(state);
        else
            reportForeignAwait(AwaitingMethod.Describe(state));
    }

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs a step and all that follows from it, until the orchestrator waits or has ended.</summary>
    public void Run(Action step)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        Volatile.Write(ref _thread, Environment.CurrentManagedThreadId);
        try
        {
            step();
            while (_work.TryDequeue(out var item))
                item.Callback(item.State);
        }
        finally
        {
            Volatile.Write(ref _thread, NoThread);
            SetSynchronizationContext(outer);
        }
    }
}
