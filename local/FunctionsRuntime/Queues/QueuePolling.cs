namespace MyriadSync.FunctionsRuntime.Queues;

/// <summary>How long to wait before the next look at a queue: from 100 ms, doubling while there is nothing, up to the longest interval.</summary>
internal sealed class QueuePolling(TimeSpan longest)
{
    /// <summary>The shortest wait.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);

    private TimeSpan _next = ShortestInterval;

    /// <summary>There was something.</summary>
    public void Reset() => _next = ShortestInterval;

    /// <summary>There was nothing: the wait.</summary>
    public TimeSpan Next()
    {
        var wait = _next;
        _next = _next * 2 < longest ? _next * 2 : longest;
        return wait;
    }
}
