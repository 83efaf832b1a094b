using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MyriadSync.Contracts;

namespace MyriadSync.Orchestration.Stages;

/// <summary>
/// Logs that are behind the rows which they alone can have written: an older copy of the tables was put in place. Nothing mends that but a rebuild, so it is
/// told as loudly as can be, until this process ends.
/// </summary>
internal sealed partial class LostLogs(ILogger<LostLogs> logger) : IHealthProbe
{
    private readonly ConcurrentDictionary<string, bool> _datasets = new();

    public string Name => "log";

    public bool Essential => false;

    /// <summary>Notes that the cluster shows a revision that a dataset's log, read after it, has not given out.</summary>
    public void Report(string dataset, long headSeq)
    {
        if (_datasets.TryAdd(dataset, true))
        {
            BehindCluster(logger, dataset, headSeq);
        }
    }

    public Task<ProbeResult> CheckAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_datasets.IsEmpty ? ProbeResult.Fine : new ProbeResult(false, WaitReasons.LogBehindCluster));

    [LoggerMessage(EventId = 570, Level = LogLevel.Critical, Message = "Dataset {Dataset}: the cluster has revisions above the log's head {HeadSeq}: an older copy of the log was put in place (or a job wrote m:rev). Stop every instance of the app and rebuild the log (docs/RUNBOOK.md)")]
    private static partial void BehindCluster(ILogger logger, string dataset, long headSeq);
}
