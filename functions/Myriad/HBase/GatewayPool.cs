namespace MyriadSync.Myriad.HBase;

/// <summary>
/// The gateways in turn.
/// <code>
///        failed                     period over: one request goes there
///  used ────────> left out (1 s, doubling to 60 s) ────────> probed ── answered ──> used
///                     ^                                         └────── failed ──┐
///                     └──────────────────────────────────────────────────────────┘
/// </code>
/// When all of them are left out the one whose period ends first is used all the same: a single gateway is never given up.
/// </summary>
internal sealed class GatewayPool
{
    private static readonly TimeSpan FirstPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly GatewayEndpoint[] _endpoints;
    private int _turn;

    public GatewayPool(IEnumerable<Uri> addresses, TimeProvider time)
    {
        _time = time;
        _endpoints = [.. addresses.Select(address => new GatewayEndpoint(address))];
    }

    /// <summary>Gateways configured.</summary>
    public int Count => _endpoints.Length;

    /// <summary>Characters of the longest base address.</summary>
    public int LongestBaseUrl => _endpoints.Max(endpoint => endpoint.BaseUrl.Length);

    /// <summary>Gateways left out at the moment.</summary>
    public int LeftOut
    {
        get
        {
            lock (_lock)
                return _endpoints.Count(endpoint => endpoint.Failures > 0);
        }
    }

    /// <summary>The next gateway to ask, or null when all were tried. The caller reports back by one of the three methods below.</summary>
    public GatewayEndpoint? Next(IReadOnlyCollection<GatewayEndpoint> tried)
    {
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            GatewayEndpoint? lastResort = null;
            for (var i = 0; i < _endpoints.Length; i++)
            {
                var endpoint = _endpoints[(_turn + i) % _endpoints.Length];
                if (tried.Contains(endpoint))
                    continue;
                if (endpoint.Failures == 0 || (now >= endpoint.LeftOutUntil && !endpoint.Probing))
                {
                    endpoint.Probing = endpoint.Failures > 0;
                    _turn = (_turn + i + 1) % _endpoints.Length;
                    return endpoint;
                }

                if (lastResort is null || endpoint.LeftOutUntil < lastResort.LeftOutUntil)
                    lastResort = endpoint;
            }

            return lastResort;
        }
    }

    /// <summary>The gateway answered. Returns whether it had been left out.</summary>
    public bool Answered(GatewayEndpoint endpoint)
    {
        lock (_lock)
        {
            var back = endpoint.Failures > 0;
            endpoint.Failures = 0;
            endpoint.Probing = false;
            return back;
        }
    }

    /// <summary>The gateway failed. Returns whether it had been in use until now.</summary>
    public bool Failed(GatewayEndpoint endpoint)
    {
        lock (_lock)
        {
            var first = endpoint.Failures == 0;
            // Requests that were under way together fail together: they are one failure, not the next steps of the back-off.
            if (first || endpoint.Probing || _time.GetTimestamp() >= endpoint.LeftOutUntil)
            {
                var period = TimeSpan.FromTicks(Math.Min(FirstPeriod.Ticks << Math.Min(endpoint.Failures, 6), LongestPeriod.Ticks));
                endpoint.Failures++;
                endpoint.LeftOutUntil = _time.GetTimestamp() + (long)(period.TotalSeconds * _time.TimestampFrequency);
            }

            endpoint.Probing = false;
            endpoint.Version = null;
            return first;
        }
    }

    /// <summary>The request was given up by its caller: nothing was learned.</summary>
    public void Released(GatewayEndpoint endpoint)
    {
        lock (_lock)
            endpoint.Probing = false;
    }
}
