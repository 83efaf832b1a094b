using Microsoft.Extensions.Logging;

namespace MyriadSync.Triggers.Http;

/// <summary>Events of the HTTP functions, 1100-1199.</summary>
internal static partial class Logs
{
    [LoggerMessage(1101, LogLevel.Error, "{Function} failed.")]
    public static partial void Failed(ILogger logger, Exception exception, string function);

    [LoggerMessage(1102, LogLevel.Warning, "{Function} could not reach storage.")]
    public static partial void StorageUnavailable(ILogger logger, Exception exception, string function);

    [LoggerMessage(1103, LogLevel.Debug, "The client of {Function} has gone.")]
    public static partial void ClientGone(ILogger logger, string function);

    [LoggerMessage(1104, LogLevel.Information, "{Function} was called with a token that does not hold: {Fault} ({Cause}).")]
    public static partial void TokenRefused(ILogger logger, string function, string fault, string? cause);

    [LoggerMessage(1105, LogLevel.Error, "The keys that tokens are checked with cannot be fetched.")]
    public static partial void KeysUnavailable(ILogger logger);

    [LoggerMessage(1106, LogLevel.Warning, "Health: {Probe} is down ({Reason}).")]
    public static partial void ProbeDown(ILogger logger, Exception? exception, string probe, string reason);

    [LoggerMessage(1107, LogLevel.Information, "Health: {Probe} is up.")]
    public static partial void ProbeUp(ILogger logger, string probe);
}
