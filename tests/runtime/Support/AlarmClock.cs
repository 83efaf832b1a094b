using Microsoft.Extensions.Time.Testing;

namespace MyriadSync.FunctionsRuntime.Tests.Support;

/// <summary>
/// A clock that the test moves, and that knows what was to be woken when: so it moves only once what the test waits for has set its alarm, however long other
/// threads took for that.
/// </summary>
internal sealed class AlarmClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>So that a test whose alarm is never set fails and does not hang.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _sync = new();
    private readonly HashSet<DateTimeOffset> _alarms = [];
    private TaskCompletionSource _changed = New();

    /// <summary>Waits until somebody is to be woken at a time, and moves on to it.</summary>
    public async Task MoveToAsync(DateTimeOffset at)
    {
        await SetAsync(at);
        SetUtcNow(at);
    }

    /// <summary>Waits until somebody is to be woken at a time; who waits for that again waits for another one.</summary>
    public async Task SetAsync(DateTimeOffset at)
    {
        while (NextChange(at) is { } change)
            await change.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Note(dueTime);
        return new NotedTimer(timer, this);
    }

    private void Note(TimeSpan dueTime)
    {
        if (dueTime == Timeout.InfiniteTimeSpan)
            return;
        lock (_sync)
        {
            _alarms.Add(GetUtcNow() + dueTime);
            _changed.SetResult();
            _changed = New();
        }
    }

    private Task? NextChange(DateTimeOffset at)
    {
        lock (_sync)
            return _alarms.Remove(at) ? null : _changed.Task;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class NotedTimer(ITimer inner, AlarmClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = inner.Change(dueTime, period);
            clock.Note(dueTime);
            return changed;
        }

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
