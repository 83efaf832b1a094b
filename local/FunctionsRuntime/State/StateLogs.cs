using Microsoft.Extensions.Logging;

namespace MyriadSync.FunctionsRuntime.State;

internal static partial class StateLogs
{
    [LoggerMessage(7101, LogLevel.Error, "The state file could not be written, trying again: {Reason}")]
    public static partial void CommitFailed(ILogger logger, string reason);

    [LoggerMessage(7102, LogLevel.Critical, "A committed change could not be announced.")]
    public static partial void AnnouncementFailed(ILogger logger, Exception exception);
}
