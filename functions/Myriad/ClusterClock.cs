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

    /// <summary>A region server has given out a timestamp (ms): the cluster's time is not before it. The skew is known to some milliseconds only, or less on a busy machine.</summary>
    public void Reached(long stamp)
    {
        lock (_sync)
        {
            _skewMs += Math.Max(0, stamp - (time.GetUtcNow().ToUnixTimeMilliseconds() + _skewMs));
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

        }

        await RemeasureAsync(table, cancellationToken);
    }

    /// <summary>Measures the skew, whenever it was measured last.</summary>
    public async Task RemeasureAsync(string table, CancellationToken cancellationToken)
    {
        lock (_sync)
        {
            _measured = time.GetUtcNow();
        }

        // A table that has to be created first would make half of that time pass for skew.
        await store.EnsureTableAsync(table, cancellationToken);
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
