using Microsoft.Extensions.Logging;
using MyriadSync.Myriad;

namespace MyriadSync.Retention;

/// <summary>Log events 580-589.</summary>
internal static partial class Logs
{
    [LoggerMessage(EventId = 580, Level = LogLevel.Information, Message = "Dataset {Dataset}: {Segments} segments, {Tombstones} tombstones and {Outcomes} outcomes rows are past retention and gone")]
    public static partial void Forgotten(ILogger logger, string dataset, int segments, int tombstones, int outcomes);

    [LoggerMessage(EventId = 581, Level = LogLevel.Warning, Message = "Dataset {Dataset}: retention stopped at the cluster ({Fault}); the next run goes on")]
    public static partial void Stopped(ILogger logger, string dataset, StoreFault fault);

    [LoggerMessage(EventId = 582, Level = LogLevel.Error, Message = "Dataset {Dataset}: retention failed; the next run tries again")]
    public static partial void Failed(ILogger logger, Exception exception, string dataset);

    [LoggerMessage(EventId = 583, Level = LogLevel.Information, Message = "{Count} claim checks that no batch waits for are gone")]
    public static partial void Swept(ILogger logger, int count);
}
