using Microsoft.Extensions.Logging;

namespace MyriadSync.Myriad;

/// <summary>What this area writes to the log: events 3000-3099. Never a row key, a column or a value: those are record content.</summary>
internal static partial class Logs
{
    [LoggerMessage(3000, LogLevel.Warning, "Gateway {Endpoint} is left out for a while: {Reason}")]
    public static partial void EndpointLeftOut(ILogger logger, string endpoint, string reason);

    [LoggerMessage(3001, LogLevel.Information, "Gateway {Endpoint} answers again")]
    public static partial void EndpointBack(ILogger logger, string endpoint);

    [LoggerMessage(3002, LogLevel.Error, "Gateway {Endpoint} does not accept our credentials for {Operation} on {Table}: {Reason}")]
    public static partial void Unauthorized(ILogger logger, string endpoint, string operation, string? table, string reason);

    [LoggerMessage(3003, LogLevel.Error, "Gateway {Endpoint} cannot serve {Operation} on {Table}; its address, the table or its families need a look: {Reason}")]
    public static partial void Misconfigured(ILogger logger, string endpoint, string operation, string? table, string reason);

    [LoggerMessage(3004, LogLevel.Warning, "A multiget on {Table} left out {Count} rows that exist: the gateway hid a failure; reading goes on with the rows found")]
    public static partial void FalseAbsence(ILogger logger, string table, int count);

    [LoggerMessage(3005, LogLevel.Warning, "{Table} refuses {Count} rows for good")]
    public static partial void RowsRefused(ILogger logger, string table, int count);

    [LoggerMessage(3006, LogLevel.Information, "Created {What} for {Table}")]
    public static partial void Created(ILogger logger, string what, string table);

    [LoggerMessage(3007, LogLevel.Information, "Gateway {Endpoint} is of HBase {Version}, whose multiget can leave out rows that it failed to read: every absence is confirmed")]
    public static partial void HidesFailedRows(ILogger logger, string endpoint, string version);

    [LoggerMessage(3008, LogLevel.Error, "A store's table needs a look: {Trouble}")]
    public static partial void TableUnfit(ILogger logger, string trouble);

    [LoggerMessage(3010, LogLevel.Warning, "Myriad scheduler {Endpoint} did not answer: {Reason}")]
    public static partial void SchedulerSilent(ILogger logger, string endpoint, string reason);

    [LoggerMessage(3011, LogLevel.Information, "Myriad scheduler {Endpoint}: {Path} of {Name} by {Instances} answered {Status} {Text}")]
    public static partial void ClusterFlexed(ILogger logger, string endpoint, string path, string name, int instances, int status, string text);
}
