namespace MyriadSync.IntegrationTests.Support;

/// <summary>The calls of a port inside the app. A test holds some of them, and so puts what happens there into an exact order.</summary>
internal sealed class GatedCalls
{
    private readonly Lock _sync = new();
    private readonly List<CallGate> _gates = [];

    /// <summary>Holds matching calls from now on.</summary>
    /// <param name="method">Name of the port's method.</param>
    /// <param name="side">Before or after what the call asks for is done.</param>
    /// <param name="when">Looks at <see cref="GatedCall.Argument"/>; null: every call of the method.</param>
    /// <param name="atMost">Calls that are held; later ones pass.</param>
    public CallGate Gate(string method, CallSide side = CallSide.Before, Func<object, bool>? when = null, int atMost = int.MaxValue)
    {
        var gate = new CallGate(method, side, when ?? (_ => true), atMost);
        lock (_sync)
            _gates.Add(gate);
        return gate;
    }

    /// <summary>Runs a call through the gates.</summary>
    internal async Task<T> RunAsync<T>(string method, object argument, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var before = Hold(method, CallSide.Before, argument);
        GatedCall? after = null;
        try
        {
            if (await DecideAsync(before, cancellationToken) is { } instead)
                return (T)instead()!;
            var answer = await call();
            after = Hold(method, CallSide.After, argument);
            return await DecideAsync(after, cancellationToken) is { } other ? (T)other()! : answer;
        }
        finally
        {
            before?.Finish();
            after?.Finish();
        }
    }

    private static async Task<Func<object?>?> DecideAsync(GatedCall? held, CancellationToken cancellationToken) =>
        held is null ? null : await held.Decision.WaitAsync(cancellationToken);

    private GatedCall? Hold(string method, CallSide side, object argument)
    {
        lock (_sync)
            return _gates.Select(gate => gate.Hold(method, side, argument)).FirstOrDefault(call => call is not null);
    }
}
