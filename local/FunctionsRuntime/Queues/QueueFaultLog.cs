using Microsoft.Extensions.Logging;

namespace MyriadSync.FunctionsRuntime.Queues;

/// <summary>Says that storage cannot be reached: the first line of the reason, at most once a minute, and when it is back.</summary>
internal sealed class QueueFaultLog(string queue, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private long? _reportedAt;

    /// <summary>It failed.</summary>
    public void Report(Exception exception)
    {
        if (_reportedAt is { } at && time.GetElapsedTime(at) < Interval)
            return;
        _reportedAt = time.GetTimestamp();
        QueueLogs.Unreachable(logger, queue, exception.Message.Split('\n')[0].Trim());
    }

    /// <summary>It works.</summary>
    public void Recovered()
    {
        if (_reportedAt is null)
            return;
        _reportedAt = null;
        QueueLogs.Reachable(logger, queue);
    }
}
