
namespace MyriadSync.MyriadEmulator.Faults;

/// <summary>What the emulator is told to do wrong, and the gates that hold requests.</summary>
public sealed class FaultBoard
{
    private readonly Lock _lock = new();
    private readonly List<RequestGate> _gates = [];
    private ActiveFaults _active = new(new FaultSet());

    internal FaultBoard()
    {
    }

    /// <summary>The faults in effect. Setting them starts their counts anew and resets the connections of requests that hang.</summary>
    /// <exception cref="ArgumentException">A pattern is not a regular expression.</exception>
    public FaultSet Current
    {
        get => _active.Set;
        set
        {
            var active = new ActiveFaults(value);
            Interlocked.Exchange(ref _active, active).End();
            Changed?.Invoke(value);
        }
    }

    internal event Action<FaultSet>? Changed;

    internal ActiveFaults Active => Volatile.Read(ref _active);

    /// <summary>Adds a rule to the faults in effect.</summary>
    /// <param name="rule">The rule.</param>
    public void Add(FaultRule rule) => Current = Current with { Rules = [.. Current.Rules, rule] };

    /// <summary>Clears every fault and opens every gate.</summary>
    public void Reset()
    {
        Current = new FaultSet();
        List<RequestGate> gates;
        lock (_lock)
            gates = [.. _gates];
        gates.ForEach(gate => gate.Dispose());
    }

    /// <summary>Holds matching requests from now on.</summary>
    /// <param name="method">The HTTP method; null for any.</param>
    /// <param name="path">A regular expression that the path with its query, as sent, has to match somewhere; null for any.</param>
    /// <param name="stage">Before or after what the request asks for is done.</param>
    public RequestGate Gate(string? method, string? path, GateStage stage = GateStage.BeforeEffect)
    {
        var gate = new RequestGate(method, path, stage, Remove);
        lock (_lock)
            _gates.Add(gate);
        return gate;
    }

    internal GatedRequest? Hold(GateStage stage, string method, string target)
    {
        lock (_lock)
        {
            foreach (var gate in _gates)
            {
                if (gate.Stage == stage && gate.Hold(method, target) is { } held)
                    return held;
            }
        }
        return null;
    }

    private void Remove(RequestGate gate)
    {
        lock (_lock)
            _gates.Remove(gate);
    }
}
