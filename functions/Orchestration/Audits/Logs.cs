using Microsoft.Extensions.Logging;
using MyriadSync.Myriad;

namespace MyriadSync.Orchestration.Audits;

/// <summary>Log events 560-569.</summary>
internal static partial class Logs
{
    [LoggerMessage(EventId = 560, Level = LogLevel.Information, Message = "Table {Table}: audited {Rows} rows; {Changed} records that jobs changed and {Gone} whose rows they deleted came into the log, {Deferred} wait for the next audit")]
    public static partial void Audited(ILogger logger, string table, long rows, long changed, long gone, long deferred);

    [LoggerMessage(EventId = 561, Level = LogLevel.Warning, Message = "Table {Table}: the audit stopped at the cluster ({Fault}); it goes on where it was")]
    public static partial void Stopped(ILogger logger, string table, StoreFault fault);

    [LoggerMessage(EventId = 562, Level = LogLevel.Error, Message = "Table {Table}: the audit failed; it goes on where it was")]
    public static partial void Failed(ILogger logger, Exception exception, string table);
}
