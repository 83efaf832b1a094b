using Microsoft.DurableTask;
using MyriadSync.FunctionsRuntime.Durable.History;

namespace MyriadSync.FunctionsRuntime.Durable.Execution;

/// <summary>A timer that has not fired.</summary>
internal sealed class OpenTimer(HistoryEvent action) : OpenTask(action)
{
    private readonly TaskCompletionSource _source = new();

    /// <summary>What the orchestrator awaits.</summary>
    public Task Task => _source.Task;

    /// <summary>Undone with its timer.</summary>
    public CancellationTokenRegistration Registration { get; set; }

    public override void Complete(HistoryEvent historyEvent, DataConverter converter)
    {
        Registration.Unregister();
        _source.SetResult();
    }

    /// <summary>The orchestrator has no more use for it.</summary>
    public void Cancel(CancellationToken cancellationToken) => _source.TrySetCanceled(cancellationToken);
}
