using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using MyriadSync.FunctionsRuntime.Durable.Execution;
using MyriadSync.FunctionsRuntime.Durable.History;

namespace MyriadSync.FunctionsRuntime.Durable.Engine;

/// <summary>What happens inside the turns of one instance. One thread at a time; nothing here waits.</summary>
internal sealed class OrchestrationTurns(DurableEngine engine, OrchestrationInstance instance, OrchestrationRecord record, bool recovered)
{
    private readonly List<IAsyncDisposable> _retired = [];
    private OrchestrationRecord _record = record;
    private OrchestrationExecution? _execution;
    private IAsyncDisposable? _scope;

    // Null: not known, read it from the store. Kept whole only if each event replays it.
    private List<HistoryEvent>? _history = recovered ? null : [];
    private int _historyLength;
    private bool _carryOutOpenTasks = recovered;
    private bool _waitIsLogged;

    /// <summary>A turn that has changed nothing yet.</summary>
    public TurnCommit Start() => new(instance, _record);

    /// <summary>Deals with items.</summary>
    public void Run(List<InboxItem> items, TurnCommit commit)
    {
        foreach (var item in items)
        {
            if (!commit.EndsExecution && !commit.After.IsFinished)
                Deal(item, commit);
        }
    }

    /// <summary>Ends a turn; what it returns is to be disposed of.</summary>
    public IReadOnlyList<IAsyncDisposable> End(TurnCommit commit)
    {
        if (commit.IsEmpty)
            return TakeRetired();

        if (commit.EndsExecution)
        {
            commit.Actions.Clear();
            commit.CancelledTimers.AddRange(_execution?.OpenTasks.Where(t => t is OpenTimer).Select(t => t.Action.TaskId) ?? []);
            Drop();
            _history = [];
            _historyLength = 0;
            _carryOutOpenTasks = false;
        }
        else
        {
            // A timer that was created and cancelled in the same turn was never armed.
            commit.Actions.RemoveAll(a => !_execution!.IsOpen(a.TaskId));
        }

        commit.After = commit.After with { UpdatedAt = engine.Now };
        _record = commit.After;
        return TakeRetired();
    }

    /// <summary>Drops the orchestrator from memory if it has nothing to do for long; it is replayed when it is needed.</summary>
    public void EvictIfIdle()
    {
        if (_execution is null || engine.Options.ReplayOnEachEvent || _execution.OpenTasks.Count == 0)
            return;
        var horizon = engine.Now + engine.Options.EvictAfter;
        if (_execution.OpenTasks.All(t => t is OpenTimer && t.Action.At >= horizon))
            Drop();
    }

    /// <summary>Ends the instance, unless it has ended.</summary>
    public static void Finish(TurnCommit commit, OrchestrationRuntimeStatus status, string? output, TaskFailureDetails? failure)
    {
        if (!commit.After.IsFinished)
            commit.After = commit.After with { Status = status, Output = output, Failure = failure };
    }

    private void Deal(InboxItem item, TurnCommit commit)
    {
        switch (item)
        {
            case InboxItem.Terminate terminate:
                Finish(commit, OrchestrationRuntimeStatus.Terminated, terminate.Output, null);
                break;
            case InboxItem.Violation violation when violation.Execution == _record.Execution:
                Fail(commit, violation.Message);
                break;
            case InboxItem.Resume resume when resume.Execution == _record.Execution && engine.MayRun(_record) && Load(commit):
                Conclude(commit);
                break;
            case InboxItem.Happened happened when happened.Execution == _record.Execution && Load(commit) && Apply(commit, happened.Event):
                Conclude(commit);
                break;
        }
    }

    private bool Apply(TurnCommit commit, HistoryEvent historyEvent)
    {
        // What nothing waits for any more (a timer that was cancelled as it fired) is not recorded either.
        if (!_execution!.Apply(historyEvent))
            return false;
        Append(commit, historyEvent);
        Collect(commit);
        return true;
    }

    private void Append(TurnCommit commit, HistoryEvent item)
    {
        commit.Appended.Add((_historyLength++, item));
        _history?.Add(item);
    }

    private void Collect(TurnCommit commit)
    {
        foreach (var action in _execution!.TakeActions())
        {
            Append(commit, action);
            commit.Actions.Add(action);
        }

        commit.CancelledTimers.AddRange(_execution.TakeCancelledTimers());
        if (commit.After.CustomStatus != _execution.CustomStatus)
            commit.After = commit.After with { CustomStatus = _execution.CustomStatus };
    }

    private void Conclude(TurnCommit commit)
    {
        var execution = _execution!;
        if (execution.HasReturned && execution.OpenTasks.Count > 0)
            LogWait(execution);
        else if (!execution.HasReturned && execution.OpenTasks.Count == 0)
            Fail(commit, execution.DescribeForeignWait());
        else if (!execution.HasReturned)
            return;
        else if (execution.Exception is { } exception)
            Finish(commit, OrchestrationRuntimeStatus.Failed, null, TaskFailureDetails.FromException(exception));
        else if (execution.Continuation is { } continuation)
            commit.After = commit.After with { Execution = commit.After.Execution + 1, Input = continuation.Input, StartAt = engine.Now };
        else
            Finish(commit, OrchestrationRuntimeStatus.Completed, execution.SerializeResult(), null);
    }

    /// <summary>Has the orchestrator in memory, where its history ends; false if that failed.</summary>
    private bool Load(TurnCommit commit)
    {
        if (_execution is not null && !engine.Options.ReplayOnEachEvent)
            return true;

        var orchestrator = engine.Functions.CreateOrchestrator(_record.Name);
        if (orchestrator is null)
        {
            Finish(commit, OrchestrationRuntimeStatus.Failed, null, new("OrchestratorNotFound", $"The app has no orchestrator named '{_record.Name}'.", null, null, null));
            return false;
        }

        Drop();
        _scope = orchestrator.Scope;
        var number = _record.Execution;
        _execution = new(_record, engine.Converter, engine.LoggerFactory, message => instance.Post(new InboxItem.Violation(number, message)));
        var history = _history ?? engine.ReadHistory(_record.Key);
        _history = engine.Options.ReplayOnEachEvent ? history : null;
        _historyLength = history.Count;
        return history.Count == 0 ? Begin(commit, orchestrator) : Replay(commit, orchestrator, history);
    }

    private bool Begin(TurnCommit commit, OrchestratorInstance orchestrator)
    {
        _execution!.Begin(orchestrator.Call);
        _carryOutOpenTasks = false;
        commit.After = commit.After with { Status = OrchestrationRuntimeStatus.Running };
        Collect(commit);
        return true;
    }

    private bool Replay(TurnCommit commit, OrchestratorInstance orchestrator, List<HistoryEvent> history)
    {
        if (HistoryReplay.Run(_execution!, orchestrator.Call, history, strict: engine.Options.ReplayOnEachEvent) is { } mismatch)
        {
            Fail(commit, mismatch);
            return false;
        }

        _execution!.TakeCancelledTimers();
        if (_carryOutOpenTasks)
            commit.Actions.AddRange(_execution.OpenTasks.Select(t => t.Action));
        _carryOutOpenTasks = false;
        return true;
    }

    private void Fail(TurnCommit commit, string message)
    {
        EngineLogs.NotDeterministic(engine.Logger, message);
        Finish(commit, OrchestrationRuntimeStatus.Failed, null, new("NonDeterministicOrchestration", message, null, null, null));
    }

    private void LogWait(OrchestrationExecution execution)
    {
        if (_waitIsLogged)
            return;
        _waitIsLogged = true;
        EngineLogs.OpenTasksHoldCompletion(engine.Logger, _record.Name, _record.Id, string.Join(", ", execution.OpenTasks.Select(t => t.Action.Describe())));
    }

    private void Drop()
    {
        if (_scope is not null)
            _retired.Add(_scope);
        _scope = null;
        _execution = null;
    }

    private IReadOnlyList<IAsyncDisposable> TakeRetired()
    {
        if (_retired.Count == 0)
            return [];
        IReadOnlyList<IAsyncDisposable> retired = [.. _retired];
        _retired.Clear();
        return retired;
    }
}
