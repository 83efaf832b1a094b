using Microsoft.Extensions.Logging;

namespace MyriadSync.FunctionsRuntime.Hosting;

internal static partial class RuntimeLogs
{
    [LoggerMessage(7001, LogLevel.Information, "The functions runtime has started with {Count} functions; its state is in {StateFile}.")]
    public static partial void Started(ILogger logger, int count, string stateFile);
}
