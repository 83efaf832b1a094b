using Microsoft.Extensions.Logging;

namespace MyriadSync.FunctionsRuntime.Http;

internal static partial class HttpLogs
{
    [LoggerMessage(7301, LogLevel.Error, "Function '{Function}' failed.")]
    public static partial void Failed(ILogger logger, Exception exception, string function);

    [LoggerMessage(7302, LogLevel.Debug, "The client of function '{Function}' has gone ({Exception}).")]
    public static partial void ClientGone(ILogger logger, string function, string exception);
}
