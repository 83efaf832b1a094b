using System.ComponentModel.DataAnnotations;

namespace MyriadSync.Retention;

/// <summary>Section <c>Retention</c>. When it runs is the setting <c>Retention:Schedule</c>, an NCRONTAB expression.</summary>
public sealed class RetentionOptions
{
    /// <summary>
    /// Days that the log, outcomes and tombstones are kept. Default 30. A client that was away for longer loads a snapshot. At least 8: the cluster
    /// keeps delete markers for 7 days, and a tombstone must not go while an older write may still be on its way.
    /// </summary>
    [Range(8, 3650)]
    public int Days { get; set; } = 30;
}
