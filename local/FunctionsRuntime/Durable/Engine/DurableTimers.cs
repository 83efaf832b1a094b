namespace MyriadSync.FunctionsRuntime.Durable.Engine;

/// <summary>The durable timers that are armed, in memory. The history is what makes them durable: they are armed anew after a restart.</summary>
internal sealed class DurableTimers : IDisposable
{
    // A longer sleep than this is cut in two: ITimer has a limit, and the clock may be set in between.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<Entry, DateTime> _queue = new();
    private readonly Dictionary<(OrchestrationInstance Instance, long Execution, int TaskId), Entry> _entries = [];
    private readonly TimeProvider _time;
    private readonly ITimer _alarm;
    private DateTime _alarmAt = DateTime.MaxValue;
    private bool _stopped;

    public DurableTimers(TimeProvider time)
    {
        _time = time;
        _alarm = time.CreateTimer(static state => ((DurableTimers)state!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Calls <paramref name="fire"/> with the time once it is <paramref name="fireAt"/>.</summary>
    public void Arm(OrchestrationInstance instance, long execution, int taskId, DateTime fireAt, Action<DateTime> fire)
    {
        lock (_gate)
        {
            var entry = new Entry((instance, execution, taskId), fireAt, fire);
            _entries[entry.Key] = entry;
            _queue.Enqueue(entry, fireAt);
            SetAlarm();
        }
    }

    /// <summary>Forgets a timer.</summary>
    public void Disarm(OrchestrationInstance instance, long execution, int taskId)
    {
        lock (_gate)
        {
            // The queue entry stays until it is due, but no longer holds the instance.
            if (_entries.Remove((instance, execution, taskId), out var entry))
                entry.Clear();
        }
    }

    /// <summary>No timer fires after this.</summary>
    public void Dispose()
    {
        lock (_gate)
            _stopped = true;
        _alarm.Dispose();
    }

    private void Ring()
    {
        var due = new List<Entry>();
        var now = _time.GetUtcNow().UtcDateTime;
        lock (_gate)
        {
            _alarmAt = DateTime.MaxValue;
            while (!_stopped && _queue.TryPeek(out var entry, out var fireAt) && fireAt <= now)
            {
                _queue.Dequeue();
                if (entry.Fire is not null && _entries.Remove(entry.Key))
                    due.Add(entry);
            }

            SetAlarm();
        }

        foreach (var entry in due)
            entry.Fire?.Invoke(now);
    }

    private void SetAlarm()
    {
        if (_stopped || !_queue.TryPeek(out _, out var next) || next >= _alarmAt)
            return;

        var sleep = next - _time.GetUtcNow().UtcDateTime;
        sleep = sleep < ShortestSleep ? ShortestSleep : sleep > LongestSleep ? LongestSleep : sleep;
        _alarmAt = next;
        _alarm.Change(sleep, Timeout.InfiniteTimeSpan);
    }

    private sealed class Entry((OrchestrationInstance Instance, long Execution, int TaskId) key, DateTime fireAt, Action<DateTime> fire)
    {
        public (OrchestrationInstance Instance, long Execution, int TaskId) Key { get; private set; } = key;

        public DateTime FireAt { get; } = fireAt;

        public Action<DateTime>? Fire { get; private set; } = fire;

        public void Clear()
        {
            Key = default;
            Fire = null;
        }
    }
}
