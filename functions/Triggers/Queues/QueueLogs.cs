using Microsoft.Extensions.Logging;

namespace MyriadSync.Triggers.Queues;

/// <summary>Log events 400-499.</summary>
internal static partial class QueueLogs
{
    [LoggerMessage(EventId = 400, Level = LogLevel.Warning, Message = "Dataset {Dataset}: the cluster is at {Applied} of {Head}; waiting for {Reason}")]
    public static partial void ApplyWaits(ILogger logger, string dataset, long applied, long head, string reason);

    [LoggerMessage(EventId = 401, Level = LogLevel.Error, Message = "A message of queue {Queue} cannot be recorded; it is tried again in {Pause}")]
    public static partial void NotRecorded(ILogger logger, Exception exception, string queue, TimeSpan pause);

    [LoggerMessage(EventId = 402, Level = LogLevel.Error, Message = "Dataset {Dataset}: it was not looked at; the next run tries again")]
    public static partial void NotRecovered(ILogger logger, Exception exception, string dataset);
}
