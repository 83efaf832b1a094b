using Microsoft.Extensions.Logging;

namespace MyriadSync.FunctionsRuntime.Timers;

internal static partial class TimerLogs
{
    [LoggerMessage(7501, LogLevel.Error, "Timer function '{Function}' failed; it runs again at its next time.")]
    public static partial void Failed(ILogger logger, Exception exception, string function);
}
