using System.Threading.Channels;

namespace MyriadSync.FunctionsRuntime.Tests.Queues;

/// <summary>What the functions of a test saw.</summary>
internal sealed class Seen : IDisposable
{
    private readonly Channel<string> _all = Channel.CreateUnbounded<string>();
    private readonly Channel<int> _entries = Channel.CreateUnbounded<int>();
    private readonly SemaphoreSlim _leave = new(0);
    private int _atOnce;
    private int _mostAtOnce;

    public int MostAtOnce => _mostAtOnce;

    public void Add(string text) => _all.Writer.TryWrite(text);

    public ValueTask<string> NextAsync(CancellationToken cancellationToken) => _all.Reader.ReadAsync(cancellationToken);

    /// <summary>Stays inside until the test lets one go.</summary>
    public async Task StayAsync()
    {
        var now = Interlocked.Increment(ref _atOnce);
        for (var most = _mostAtOnce; now > most; most = _mostAtOnce)
            Interlocked.CompareExchange(ref _mostAtOnce, now, most);
        _entries.Writer.TryWrite(now);
        await _leave.WaitAsync();
        Interlocked.Decrement(ref _atOnce);
    }

    /// <summary>Lets so many go.</summary>
    public void LetGo(int count) => _leave.Release(count);

    /// <summary>Waits until so many are inside at once.</summary>
    public async Task UntilInsideAsync(int count, CancellationToken cancellationToken)
    {
        while (await _entries.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), cancellationToken) < count)
        {
            // Fewer; somebody else comes.
        }
    }

    public void Dispose() => _leave.Dispose();
}
