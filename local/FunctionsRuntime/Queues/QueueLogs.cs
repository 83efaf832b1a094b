using Microsoft.Extensions.Logging;

namespace MyriadSync.FunctionsRuntime.Queues;

internal static partial class QueueLogs
{
    [LoggerMessage(7401, LogLevel.Warning, "Queue '{Queue}' cannot be reached, trying again: {Reason}")]
    public static partial void Unreachable(ILogger logger, string queue, string reason);

    [LoggerMessage(7402, LogLevel.Information, "Queue '{Queue}' can be reached again.")]
    public static partial void Reachable(ILogger logger, string queue);

    [LoggerMessage(7403, LogLevel.Error, "Function '{Function}' failed on message {MessageId} (try {DequeueCount}).")]
    public static partial void MessageFailed(ILogger logger, Exception exception, string function, string messageId, long dequeueCount);

    [LoggerMessage(7404, LogLevel.Warning, "Message {MessageId} was moved to queue '{PoisonQueue}' after {DequeueCount} tries.")]
    public static partial void Poisoned(ILogger logger, string messageId, string poisonQueue, long dequeueCount);

    [LoggerMessage(7405, LogLevel.Warning, "What became of message {MessageId} could not be told to queue '{Queue}'; it will be seen again: {Reason}")]
    public static partial void NotSettled(ILogger logger, string messageId, string queue, string reason);
}
