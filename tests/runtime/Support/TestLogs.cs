using Microsoft.Extensions.Logging;

namespace MyriadSync.FunctionsRuntime.Tests.Support;

internal static partial class TestLogs
{
    [LoggerMessage(1, LogLevel.Information, "{Text}")]
    public static partial void Line(ILogger logger, string text);
}
