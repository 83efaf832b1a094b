using MyriadSync.Myriad;

namespace MyriadSync.Orchestration.Scans;

/// <summary>What a scan came to.</summary>
internal sealed record ScanReport
{
    /// <summary>Why it broke off; the next one begins where this one did.</summary>
    public StoreFault Fault { get; init; }

    /// <summary>Rows with recent cells, sync's own included.</summary>
    public int Rows { get; init; }

    /// <summary>Records that came into the log.</summary>
    public int Taken { get; init; }

    /// <summary>Records that cannot be judged yet; the next scan sees them again.</summary>
    public int Deferred { get; init; }
}
