using Microsoft.DurableTask;
using MyriadSync.FunctionsRuntime.Durable.History;

namespace MyriadSync.FunctionsRuntime.Durable.Execution;

/// <summary>
/// Brings an execution to where its history ends. After each event the orchestrator has to take exactly the recorded actions, in their order;
/// anything else means that its code is not deterministic, or was changed under a running instance.
/// </summary>
internal static class HistoryReplay
{
    /// <summary>Replays; null if it went well, else what was expected and what was found.</summary>
    /// <param name="execution">A new execution.</param>
    /// <param name="orchestrator">The orchestrator.</param>
    /// <param name="history">All that was recorded of it.</param>
    /// <param name="strict">Also compare inputs and due times, which shows clocks and random values in orchestrators.</param>
    public static string? Run(
        OrchestrationExecution execution,
        Func<TaskOrchestrationContext, OrchestratorCall> orchestrator,
        IReadOnlyList<HistoryEvent> history,
        bool strict)
    {
        execution.Replaying = true;
        execution.Begin(orchestrator);
        var position = 0;
        var mismatch = MatchActions(execution.TakeActions(), history, ref position, strict);
        while (mismatch is null && position < history.Count)
        {
            var recorded = history[position++];
            mismatch = execution.Apply(recorded)
                ? MatchActions(execution.TakeActions(), history, ref position, strict)
                : Found(position - 1, recorded.Describe(), "no such task is open");
        }

        execution.Replaying = false;
        return mismatch is null ? null : $"Orchestrator '{execution.Name}' (instance '{execution.InstanceId}') is not deterministic: {mismatch}.";
    }

    private static string? MatchActions(List<HistoryEvent> actions, IReadOnlyList<HistoryEvent> history, ref int position, bool strict)
    {
        foreach (var action in actions)
        {
            var recorded = position < history.Count && history[position].IsAction ? history[position] : null;
            if (recorded is null || !IsSame(recorded, action, strict))
                return Found(position, recorded?.Describe() ?? "to wait, with no further action", Describe(action, recorded));
            position++;
        }

        return position < history.Count && history[position].IsAction
            ? Found(position, history[position].Describe(), "no further action")
            : null;
    }

    private static bool IsSame(HistoryEvent recorded, HistoryEvent action, bool strict) =>
        recorded.Kind == action.Kind
        && string.Equals(recorded.Name, action.Name, StringComparison.OrdinalIgnoreCase)
        && (!strict || (recorded.Data == action.Data && (action.Kind != HistoryKind.TimerCreated || recorded.At == action.At)));

    private static string Describe(HistoryEvent action, HistoryEvent? recorded) =>
        recorded is not null && IsSame(recorded, action, strict: false)
            ? action.Kind == HistoryKind.TimerCreated ? $"{action.Describe()} for another time" : $"{action.Describe()} with another input"
            : action.Describe();

    private static string Found(int position, string expected, string found) => $"at history event {position}, expected {expected}, found {found}";
}
