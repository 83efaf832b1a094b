using System.Runtime.CompilerServices;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using MyriadSync.FunctionsRuntime.Durable.History;

namespace MyriadSync.FunctionsRuntime.Durable.Execution;

/// <summary>
/// One execution of an orchestrator in memory: its paused async method, the tasks that it waits for, and the actions that it has taken since
/// they were last collected. It is driven by one thread at a time, event by event, and knows nothing of storage.
/// </summary>
internal sealed class OrchestrationExecution : TaskOrchestrationContext
{
    private readonly OrchestrationRecord _record;
    private readonly DataConverter _converter;
    private readonly Action<string> _reportViolation;
    private readonly TurnSynchronizationContext _turn;
    private readonly SortedDictionary<int, OpenTask> _open = [];
    private List<HistoryEvent> _actions = [];
    private List<int> _cancelledTimers = [];
    private DateTime _now;
    private int _nextTaskId;
    private int _guids;
    private Func<object?>? _result;
    private Task? _task;

    /// <summary>An execution that has not begun.</summary>
    /// <param name="record">The instance.</param>
    /// <param name="converter">Reads and writes values.</param>
    /// <param name="loggerFactory">For replay-safe loggers.</param>
    /// <param name="reportViolation">Told, from any thread, that the orchestrator broke the rules.</param>
    public OrchestrationExecution(OrchestrationRecord record, DataConverter converter, ILoggerFactory loggerFactory, Action<string> reportViolation)
    {
        _record = record;
        _converter = converter;
        _reportViolation = reportViolation;
        _now = record.StartAt;
        _turn = new(method => Violate($"{method} awaited something that is not a durable task"));
        LoggerFactory = loggerFactory;
        CustomStatus = record.CustomStatus;
    }

    public override TaskName Name => _record.Name;

    public override string InstanceId => _record.Id;

    public override string Version => _record.Version;

    public override DateTime CurrentUtcDateTime => _now;

    public override bool IsReplaying => Replaying;

    /// <summary>Whether the history is being replayed.</summary>
    public bool Replaying { get; set; }

    /// <summary>The input as JSON.</summary>
    public string? SerializedInput => _record.Input;

    /// <summary>Custom status as JSON.</summary>
    public string? CustomStatus { get; private set; }

    /// <summary>Set once the orchestrator has asked to start anew.</summary>
    public ContinuationRequest? Continuation { get; private set; }

    /// <summary>The tasks that are open, in the order of their numbers.</summary>
    public IReadOnlyCollection<OpenTask> OpenTasks => _open.Values;

    /// <summary>Whether the orchestrator has returned or thrown; its open tasks may not have ended.</summary>
    public bool HasReturned => _task is { IsCompleted: true } || (_task is null && _result is not null);

    /// <summary>What it threw, if it did.</summary>
    public Exception? Exception => _task?.Exception?.InnerException ?? (_task is { IsCanceled: true } ? new TaskCanceledException(_task) : null);

    protected override ILoggerFactory LoggerFactory { get; }

    /// <summary>What it returned, as JSON.</summary>
    public string? SerializeResult() => _converter.Serialize(_result?.Invoke());

    /// <summary>Runs the orchestrator up to where it first waits.</summary>
    public void Begin(Func<TaskOrchestrationContext, OrchestratorCall> orchestrator) => _turn.Run(() =>
    {
        var call = orchestrator(this);
        _task = call.Task;
        _result = call.Result;
        _task?.ContinueWith(static (_, state) => ((OrchestrationExecution)state!).CheckReturn(), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    });

    /// <summary>Hands an event to the orchestrator and runs it up to where it waits again. False if nothing that it waits for is meant.</summary>
    public bool Apply(HistoryEvent historyEvent)
    {
        if (!_open.TryGetValue(historyEvent.TaskId, out var task) || !task.Accepts(historyEvent.Kind))
            return false;

        _open.Remove(historyEvent.TaskId);
        _now = historyEvent.At > _now ? historyEvent.At : _now;
        _turn.Run(() => task.Complete(historyEvent, _converter));
        return true;
    }

    /// <summary>The actions since the last call.</summary>
    public List<HistoryEvent> TakeActions()
    {
        var actions = _actions;
        _actions = [];
        return actions;
    }

    /// <summary>The timers cancelled since the last call.</summary>
    public List<int> TakeCancelledTimers()
    {
        var cancelled = _cancelledTimers;
        _cancelledTimers = [];
        return cancelled;
    }

    /// <summary>Whether a task is open.</summary>
    public bool IsOpen(int taskId) => _open.ContainsKey(taskId);

    /// <summary>The orchestrator waits, but for nothing that an event could bring.</summary>
    public string DescribeForeignWait() =>
        Explain($"{AwaitingMethod.Describe(_task)} waits for something that is not a durable task, and nothing durable is open");

    public override T GetInput<T>() => _converter.Deserialize<T>(_record.Input)!;

    public override Task CallActivityAsync(TaskName name, object? input = null, TaskOptions? options = null) => CallActivityAsync<Nothing>(name, input, options);

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        DemandTurn();
        if (input is TaskOptions && options is null)
            throw new ArgumentException("TaskOptions were given as the input of an activity. Name the parameter: options: …", nameof(input));

        var data = _converter.Serialize(input);
        return options?.Retry is { } retry
            ? RetryLoop.RunAsync(this, retry, () => Schedule<TResult>(name, data))
            : Schedule<TResult>(name, data);
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        DemandTurn();
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);

        var timer = new OpenTimer(Act(new() { Kind = HistoryKind.TimerCreated, TaskId = _nextTaskId, At = fireAt.ToUniversalTime() }));
        _open.Add(timer.Action.TaskId, timer);
        timer.Registration = cancellationToken.UnsafeRegister(_ => Cancel(timer, cancellationToken), null);
        return timer.Task;
    }

    public override void SetCustomStatus(object? customStatus)
    {
        DemandTurn();
        CustomStatus = _converter.Serialize(customStatus);
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        DemandTurn();
        Continuation = new(_converter.Serialize(newInput));
    }

    public override Guid NewGuid()
    {
        DemandTurn();
        return DeterministicGuid.Create(InstanceId, _record.Execution, _guids++);
    }

    private Task<TResult> Schedule<TResult>(TaskName name, string? data)
    {
        DemandTurn("CallActivityAsync");
        var activity = new OpenActivity<TResult>(Act(new() { Kind = HistoryKind.ActivityScheduled, TaskId = _nextTaskId, Name = name.Name, Data = data, At = _now }));
        _open.Add(activity.Action.TaskId, activity);
        return activity.Task;
    }

    private HistoryEvent Act(HistoryEvent action)
    {
        _nextTaskId++;
        _actions.Add(action);
        return action;
    }

    private void Cancel(OpenTimer timer, CancellationToken cancellationToken)
    {
        if (!_turn.IsOnTurn)
        {
            // Not thrown: this may be a callback of the system's timer, where an exception would end the process.
            Violate("a timer's CancellationToken was cancelled outside its own thread, by a clock that is not durable");
            return;
        }

        if (!_open.Remove(timer.Action.TaskId))
            return;
        _cancelledTimers.Add(timer.Action.TaskId);
        timer.Cancel(cancellationToken);
    }

    private void CheckReturn()
    {
        if (!_turn.IsOnTurn)
            Violate("it went on after an await of something that is not a durable task (with ConfigureAwait(false))");
    }

    private void DemandTurn([CallerMemberName] string member = "")
    {
        if (_turn.IsOnTurn)
            return;
        var reason = $"it used {member} outside its own thread, after an await of something that is not a durable task";
        Violate(reason);
        throw new InvalidOperationException(Explain(reason));
    }

    private void Violate(string reason) => _reportViolation(Explain(reason));

    private string Explain(string reason) =>
        $"Orchestrator '{Name}' (instance '{InstanceId}') broke the rules of determinism: {reason}. "
        + "An orchestrator may await only what its TaskOrchestrationContext gives it; Task.Run, Task.Delay and I/O belong in activities.";
}
