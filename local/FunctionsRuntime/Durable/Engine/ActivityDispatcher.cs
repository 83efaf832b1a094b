using System.Diagnostics.CodeAnalysis;
using Microsoft.DurableTask;
using MyriadSync.FunctionsRuntime.Durable.Execution;
using MyriadSync.FunctionsRuntime.Durable.History;

namespace MyriadSync.FunctionsRuntime.Durable.Engine;

/// <summary>Runs activities, so many at a time, and reports how they ended.</summary>
internal sealed class ActivityDispatcher(IDurableFunctions functions, int limit, TimeProvider time, InFlight inFlight, CancellationToken stopped)
{
    private readonly Lock _gate = new();
    private readonly Queue<ActivityWork> _waiting = new();
    private int _running;
    private bool _stopping;

    /// <summary>Runs an activity as soon as there is room. After <see cref="Stop"/> it is left to the next start of the host.</summary>
    public void Dispatch(ActivityWork work)
    {
        lock (_gate)
        {
            if (_stopping)
                return;
            if (_running >= limit)
            {
                _waiting.Enqueue(work);
                return;
            }

            _running++;
            inFlight.Enter();
        }

        ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Dispatcher.RunAsync(state.Work), (Dispatcher: this, Work: work), preferLocal: false);
    }

    /// <summary>Starts nothing more.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            _waiting.Clear();
        }
    }

    private async Task RunAsync(ActivityWork work)
    {
        for (ActivityWork? next = work; next is not null; next = TakeNext())
            await RunOneAsync(next);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever an activity throws is its outcome.")]
    private async Task RunOneAsync(ActivityWork work)
    {
        HistoryKind kind;
        string? data;
        try
        {
            data = await functions.RunActivityAsync(work, stopped);
            kind = HistoryKind.ActivityCompleted;
        }
        catch (Exception exception)
        {
            // The host stops, and whatever came of that is not the activity's outcome: it runs again after the next start.
            if (stopped.IsCancellationRequested)
                return;
            data = FailureText.Format(TaskFailureDetails.FromException(exception));
            kind = HistoryKind.ActivityFailed;
        }

        work.Instance.Post(new InboxItem.Happened(work.Execution, new() { Kind = kind, TaskId = work.TaskId, Data = data, At = time.GetUtcNow().UtcDateTime }));
    }

    private ActivityWork? TakeNext()
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out var next))
                return next;
            _running--;
        }

        inFlight.Leave();
        return null;
    }
}
