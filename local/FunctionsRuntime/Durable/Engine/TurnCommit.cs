using MyriadSync.FunctionsRuntime.Durable.History;
using MyriadSync.FunctionsRuntime.State;

namespace MyriadSync.FunctionsRuntime.Durable.Engine;

/// <summary>What a turn of an instance changes. All of it is stored in one transaction; only then are its actions carried out.</summary>
internal sealed class TurnCommit(OrchestrationInstance instance, OrchestrationRecord before) : IStateWork
{
    private OrchestrationRecord? _after;

    /// <summary>The instance after the turn.</summary>
    public OrchestrationRecord After
    {
        get => _after ?? before;
        set => _after = value;
    }

    /// <summary>The execution that the turn belonged to.</summary>
    public long Execution => before.Execution;

    /// <summary>Events and actions to add to the history, each with its place in it.</summary>
    public List<(int Position, HistoryEvent Item)> Appended { get; } = [];

    /// <summary>Actions to carry out.</summary>
    public List<HistoryEvent> Actions { get; } = [];

    /// <summary>Timers to disarm.</summary>
    public List<int> CancelledTimers { get; } = [];

    /// <summary>Whether the execution has ended in this turn.</summary>
    public bool EndsExecution => (After.IsFinished && !before.IsFinished) || After.Execution != before.Execution;

    /// <summary>Whether there is nothing to store and nothing to do.</summary>
    public bool IsEmpty => Appended.Count == 0 && Actions.Count == 0 && CancelledTimers.Count == 0 && _after is null;

    public void Write(StateCommands commands)
    {
        if (EndsExecution)
        {
            // Nothing reads the history of an execution that has ended: dropping it keeps the file small.
            commands.ForgetHistory(After.Key);
            if (After.IsFinished)
                commands.Update(After);
            else
                commands.Save(After);
            return;
        }

        if (After.Status != before.Status || After.CustomStatus != before.CustomStatus)
            commands.Update(After);
        else if (Appended.Count > 0)
            commands.Touch(After);
        foreach (var (position, item) in Appended)
            commands.Append(After.Key, position, item);
    }

    public void Committed() => instance.OnCommitted(this);
}
