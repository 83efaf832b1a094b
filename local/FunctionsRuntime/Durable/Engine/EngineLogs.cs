using Microsoft.Extensions.Logging;

namespace MyriadSync.FunctionsRuntime.Durable.Engine;

internal static partial class EngineLogs
{
    [LoggerMessage(7201, LogLevel.Information, "Orchestrations resumed after a restart: {Count}.")]
    public static partial void Resumed(ILogger logger, int count);

    [LoggerMessage(7202, LogLevel.Warning, "Orchestration '{Name}' ({InstanceId}) has version {InstanceVersion} and waits: this host has version {HostVersion}.")]
    public static partial void WaitsForVersion(ILogger logger, string name, string instanceId, string instanceVersion, string hostVersion);

    [LoggerMessage(7203, LogLevel.Error, "{Message}")]
    public static partial void NotDeterministic(ILogger logger, string message);

    [LoggerMessage(7204, LogLevel.Warning, "Orchestration '{Name}' ({InstanceId}) has returned, but completes only when these have ended: {Tasks}. Cancel timers that are no longer needed.")]
    public static partial void OpenTasksHoldCompletion(ILogger logger, string name, string instanceId, string tasks);

    [LoggerMessage(7205, LogLevel.Warning, "The host stops while activities or orchestrators run; they go on after the next start.")]
    public static partial void StoppedBusy(ILogger logger);

    [LoggerMessage(7206, LogLevel.Warning, "Orchestration '{Name}' ({InstanceId}) failed: {Failure}")]
    public static partial void Failed(ILogger logger, string name, string instanceId, string failure);
}
