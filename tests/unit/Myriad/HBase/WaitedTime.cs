using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace MyriadSync.UnitTests.Myriad.HBase;

/// <summary>A clock that stands still and tells when somebody waits for it.</summary>
internal sealed class WaitedTime : FakeTimeProvider
{
    private readonly ConcurrentDictionary<TimeSpan, TaskCompletionSource> _waits = new();

    /// <summary>Returns when somebody waits for so long.</summary>
    public Task WaitedForAsync(TimeSpan span) => Of(span).Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Of(dueTime).TrySetResult();
        return timer;
    }

    private TaskCompletionSource Of(TimeSpan span) => _waits.GetOrAdd(span, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
