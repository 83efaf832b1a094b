using Microsoft.Extensions.Logging;
using MyriadSync.Myriad;

namespace MyriadSync.Orchestration.Scans;

/// <summary>Log events 540-559.</summary>
internal static partial class Logs
{
    [LoggerMessage(EventId = 540, Level = LogLevel.Information, Message = "Table {Table}: {Rows} rows with recent cells; {Taken} records written by jobs came into the log, {Deferred} wait")]
    public static partial void Scanned(ILogger logger, string table, int rows, int taken, int deferred);

    [LoggerMessage(EventId = 541, Level = LogLevel.Warning, Message = "Table {Table}: the scan stopped at the cluster ({Fault}); the next one begins where it did")]
    public static partial void ScanStopped(ILogger logger, string table, StoreFault fault);

    [LoggerMessage(EventId = 542, Level = LogLevel.Error, Message = "Table {Table}: the scan failed; the next one begins where it did")]
    public static partial void ScanFailed(ILogger logger, Exception exception, string table);

    [LoggerMessage(EventId = 543, Level = LogLevel.Warning, Message = "Dataset {Dataset}: {Rows} rows and more were written or deleted by jobs; they are taken over as a bulk load, and clients load the dataset anew")]
    public static partial void LoadBegun(ILogger logger, string dataset, int rows);

    [LoggerMessage(EventId = 544, Level = LogLevel.Information, Message = "Dataset {Dataset}: the bulk load is taken over; it has a new epoch")]
    public static partial void LoadEnded(ILogger logger, string dataset);
}
