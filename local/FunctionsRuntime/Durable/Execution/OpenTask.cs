using Microsoft.DurableTask;
using MyriadSync.FunctionsRuntime.Durable.History;

namespace MyriadSync.FunctionsRuntime.Durable.Execution;

/// <summary>Something that an orchestrator waits for.</summary>
internal abstract class OpenTask(HistoryEvent action)
{
    /// <summary>The action that opened it.</summary>
    public HistoryEvent Action { get; } = action;

    /// <summary>Whether an event can close it.</summary>
    public bool Accepts(HistoryKind kind) => Action.Kind == HistoryKind.TimerCreated
        ? kind == HistoryKind.TimerFired
        : kind is HistoryKind.ActivityCompleted or HistoryKind.ActivityFailed;

    /// <summary>Hands the event on to whoever awaits.</summary>
    public abstract void Complete(HistoryEvent historyEvent, DataConverter converter);
}
