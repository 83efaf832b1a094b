namespace MyriadSync.MyriadEmulator.Faults;

/// <summary>Everything that the emulator is told to do wrong. The default is: nothing.</summary>
public sealed record FaultSet
{
    /// <summary>Faults for requests.</summary>
    public IReadOnlyList<FaultRule> Rules { get; init; } = [];

    /// <summary>Every connection to the HBase REST gateway is reset.</summary>
    public bool HBaseUnreachable { get; init; }

    /// <summary>Every connection to the scheduler is reset.</summary>
    public bool SchedulerUnreachable { get; init; }

    /// <summary>
    /// The cluster behind the gateway is down. After so many milliseconds a GET of one row answers <c>404 Not found</c>, which is false, and
    /// <c>/status/cluster</c> and <c>/exists</c> answer 503; <c>/version</c> answers at once; everything else hangs. Null: it is up.
    /// </summary>
    public int? ClusterDownAfterMs { get; init; }

    /// <summary>
    /// Regular expressions of row keys that writes are refused for, for good: 400 for the whole request and nothing stored, as for a cell over the limit.
    /// </summary>
    public IReadOnlyList<string> RefusedRows { get; init; } = [];

    /// <summary>How far the region server's clock is ahead of the real one, ms; it may be negative.</summary>
    public long ClockSkewMs { get; init; }
}
