using System.ComponentModel.DataAnnotations;

namespace MyriadSync.Orchestration.Scans;

/// <summary>Section <c>Myriad:Scan</c>: how changes made on the cluster are found. When is the setting <c>Myriad:Scan:Schedule</c>, an NCRONTAB expression.</summary>
public sealed class ScanOptions
{
    /// <summary>
    /// How far every scan reaches back behind the one before it. Default 10 s, 0 to 10 min. More than the clocks of the region servers differ, and than a cell
    /// takes from its timestamp to being visible.
    /// </summary>
    public TimeSpan Overlap { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Rows of a dataset in one scan that a job may have written, or that one audit finds changed or deleted. Default 50,000. Beyond it the rows do not go into the log one by one: the dataset gets a new
    /// epoch, and clients load it anew.
    /// </summary>
    [Range(1, 1_000_000)]
    public int BulkRows { get; set; } = 50_000;
}
