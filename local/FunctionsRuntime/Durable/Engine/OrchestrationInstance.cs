using System.Diagnostics.CodeAnalysis;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using MyriadSync.FunctionsRuntime.Durable.History;

namespace MyriadSync.FunctionsRuntime.Durable.Engine;

/// <summary>
/// An instance that has not ended. It deals with its inbox one turn at a time:
/// <code>
///   inbox --> replay, if it is not in memory --> apply events, collect actions --> commit --> carry out the actions --> inbox
/// </code>
/// A turn is handed to the writer as one piece, and its actions are carried out only once it is committed. So a crash at any point loses at
/// most the knowledge that an activity ran, and that activity runs again.
/// </summary>
internal sealed class OrchestrationInstance(DurableEngine engine) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private List<InboxItem> _inbox = [];
    private bool _running;
    private int _uncommitted;
    private OrchestrationTurns _turns = null!;

    /// <summary>Ends when the instance has, and that is committed.</summary>
    public TaskCompletionSource<OrchestrationRecord> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Sets what it is, before anything is posted.</summary>
    /// <param name="record">The instance.</param>
    /// <param name="recovered">Whether it was created by an earlier host.</param>
    public void Initialize(OrchestrationRecord record, bool recovered) => _turns = new(engine, this, record, recovered);

    /// <summary>Leaves something to be dealt with; from any thread.</summary>
    public void Post(InboxItem item)
    {
        lock (_gate)
        {
            _inbox.Add(item);
            if (_running)
                return;
            _running = true;
        }

        engine.InFlight.Enter();
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Deals with the inbox; called by the thread pool.</summary>
    public void Execute() => _ = RunAsync();

    /// <summary>Carries out what was committed; on the writer's thread, in the order of the turns.</summary>
    public void OnCommitted(TurnCommit commit)
    {
        foreach (var timer in commit.CancelledTimers)
            engine.Timers.Disarm(this, commit.Execution, timer);
        foreach (var action in commit.Actions)
            CarryOut(commit.After, action);
        if (commit.After.IsFinished)
            engine.OnFinished(this, commit.After);
        else if (commit.EndsExecution)
            Post(new InboxItem.Resume(commit.After.Execution));

        lock (_gate)
        {
            _uncommitted--;
            if (!_running && _uncommitted == 0)
                _turns.EvictIfIdle();
        }
    }

    private async Task RunAsync()
    {
        while (TakeInbox() is { } items)
        {
            await engine.EnterTurnAsync();
            try
            {
                await RunTurnAsync(items);
            }
            finally
            {
                engine.LeaveTurn();
            }
        }

        engine.InFlight.Leave();
    }

    private List<InboxItem>? TakeInbox()
    {
        lock (_gate)
        {
            if (_inbox.Count == 0)
            {
                _running = false;
                return null;
            }

            var items = _inbox;
            _inbox = [];
            return items;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever middleware or orchestrator throw is the outcome of the instance.")]
    private async Task RunTurnAsync(List<InboxItem> items)
    {
        var commit = _turns.Start();
        try
        {
            var ran = false;
            await engine.Functions.RunTurnAsync(commit.After, () =>
            {
                ran = true;
                _turns.Run(items, commit);
            });
            if (!ran)
                throw new InvalidOperationException("A middleware did not call the next one, so that the orchestrator did not run.");
        }
        catch (Exception exception)
        {
            OrchestrationTurns.Finish(commit, OrchestrationRuntimeStatus.Failed, null, TaskFailureDetails.FromException(exception));
        }

        var retired = _turns.End(commit);
        if (!commit.IsEmpty)
        {
            lock (_gate)
                _uncommitted++;
            engine.Commit(commit);
        }

        foreach (var scope in retired)
            await scope.DisposeAsync();
    }

    private void CarryOut(OrchestrationRecord record, HistoryEvent action)
    {
        if (action.Kind == HistoryKind.ActivityScheduled)
        {
            engine.Activities.Dispatch(new(this, record.Execution, action.TaskId, action.Name!, action.Data, record));
            return;
        }

        engine.Timers.Arm(this, record.Execution, action.TaskId, action.At, now => Post(new InboxItem.Happened(
            record.Execution,
            new() { Kind = HistoryKind.TimerFired, TaskId = action.TaskId, At = now })));
    }
}
