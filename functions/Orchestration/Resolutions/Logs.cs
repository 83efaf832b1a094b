using Microsoft.Extensions.Logging;

namespace MyriadSync.Orchestration.Resolutions;

/// <summary>Log events 520-539.</summary>
internal static partial class Logs
{
    [LoggerMessage(EventId = 520, Level = LogLevel.Information, Message = "Dataset {Dataset}: conflict {ConflictId} in store {Store} resolved by {Sub}: {Take}")]
    public static partial void Resolved(ILogger logger, string dataset, string conflictId, string store, string sub, Take take);
}
