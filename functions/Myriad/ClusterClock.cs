namespace MyriadSync.Myriad;

/// <summary>
/// The cluster's clock, as this process last saw it: commits are stamped by it, because a delete by a job is marked with the region server's time
/// and would hide an older write of ours.
/// </summary>
internal sealed class ClusterClock(IRecordStore store, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(60);

    private readonly Lock _sync = new();
    private long _skewMs;
    private DateTimeOffset _measured = DateTimeOffset.MinValue;

    /// <summary>The cluster's time, ms since 1970; our own until it was measured.</summary>
    public long NowMs
    {
        get
        {
            lock (_sync)
            {
                return time.GetUtcNow().ToUnixTimeMilliseconds() + _skewMs;
            }
        }
    }

    /// <summary>Measures the skew when the last measure is old. A cluster that does not answer leaves it as it is.</summary>
    public async Task MeasureAsync(string table, CancellationToken cancellationToken)
    {
        lock (_sync)
        {
            if (time.GetUtcNow() - _measured < Fresh)
            {
                return;
            }

            _measured = time.GetUtcNow();
        }

        var before = time.GetUtcNow();
        var answer = await store.StampAsync(table, [StoreColumns.ClockRow], cancellationToken);
        var after = time.GetUtcNow();
        lock (_sync)
        {
            if (answer.Fault == StoreFault.None && answer.Stamps.TryGetValue(StoreColumns.ClockRow, out var stamp))
            {
                _skewMs = stamp - (before.ToUnixTimeMilliseconds() + after.ToUnixTimeMilliseconds()) / 2;
            }
            else
            {
                _measured = DateTimeOffset.MinValue;
            }
        }
    }
}
