using System.ComponentModel.DataAnnotations;

namespace MyriadSync.Orchestration.Audits;

/// <summary>Section <c>Myriad:Audit</c>: how what scans cannot see is found. When one begins is the setting <c>Myriad:Audit:Schedule</c>, an NCRONTAB expression.</summary>
public sealed class AuditOptions
{
    /// <summary>Rows that an audit reads in a second, at most. Default 5,000: a table of a million takes some four minutes.</summary>
    [Range(10, 1_000_000)]
    public int RowsPerSecond { get; set; } = 5_000;
}
