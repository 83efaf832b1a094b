using Microsoft.Extensions.Logging;

namespace MyriadSync.Orchestration.Redrives;

/// <summary>Log events 500-519.</summary>
internal static partial class Logs
{
    [LoggerMessage(EventId = 500, Level = LogLevel.Information, Message = "Dataset {Dataset}: poison entry {PoisonId} ({Kind}) redriven by {Sub}: {Result}")]
    public static partial void Redriven(ILogger logger, string dataset, string poisonId, string kind, string sub, string result);

    [LoggerMessage(EventId = 501, Level = LogLevel.Information, Message = "Dataset {Dataset}: poison entry {PoisonId} ({Kind}) discarded by {Sub}")]
    public static partial void Discarded(ILogger logger, string dataset, string poisonId, string kind, string sub);
}
