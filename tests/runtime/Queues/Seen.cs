using System.Threading.Channels;

namespace MyriadSync.FunctionsRuntime.Tests.Queues;

/// <summary>What the functions of a test saw.</summary>
internal sealed class Seen
{
    private readonly Channel<string> _all = Channel.CreateUnbounded<string>();
    private int _atOnce;
    private int _mostAtOnce;

    public int MostAtOnce => _mostAtOnce;

    public void Add(string text) => _all.Writer.TryWrite(text);

    public ValueTask<string> NextAsync(CancellationToken cancellationToken) => _all.Reader.ReadAsync(cancellationToken);

    public IDisposable Enter()
    {
        var now = Interlocked.Increment(ref _atOnce);
        for (var most = _mostAtOnce; now > most; most = _mostAtOnce)
            Interlocked.CompareExchange(ref _mostAtOnce, now, most);
        return new Exit(this);
    }

    private sealed class Exit(Seen seen) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref seen._atOnce);
    }
}
