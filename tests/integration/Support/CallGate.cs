using System.Threading.Channels;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>Holds the calls that match until each is let go. Disposing of it lets all go and holds no more.</summary>
internal sealed class CallGate(string method, CallSide side, Func<object, bool> when, int atMost) : IDisposable
{
    private readonly Channel<GatedCall> _arrived = Channel.CreateUnbounded<GatedCall>();
    private readonly List<GatedCall> _held = [];
    private bool _open;

    /// <summary>The next call that has arrived and waits here, in the order of arrival.</summary>
    public async Task<GatedCall> NextAsync() =>
        await _arrived.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_held)
        {
            _open = true;
            _held.ForEach(call => call.Continue());
        }
    }

    /// <summary>Null if the call does not match, or as many are held as shall be, or the gate was opened meanwhile.</summary>
    internal GatedCall? Hold(string called, CallSide at, object argument)
    {
        if (called != method || at != side || !when(argument))
            return null;
        lock (_held)
        {
            if (_open || _held.Count == atMost)
                return null;
            var call = new GatedCall(argument);
            _held.Add(call);
            _arrived.Writer.TryWrite(call);
            return call;
        }
    }

    /// <summary>So that a test whose call never comes says where it stands, and does not hang.</summary>
    private static TimeSpan Patience => TimeSpan.FromSeconds(60);
}
