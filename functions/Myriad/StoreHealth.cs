namespace MyriadSync.Myriad;

/// <summary>Whether the record store can serve, and what it consists of.</summary>
public sealed record StoreHealth
{
    /// <summary><see cref="StoreFault.None"/> when at least one region server is alive.</summary>
    public StoreFault Fault { get; init; }

    /// <summary>One line for an operator; null without a fault.</summary>
    public string? Reason { get; init; }

    /// <summary>Region servers that are alive.</summary>
    public int LiveNodes { get; init; }

    /// <summary>Region servers that the master takes for dead.</summary>
    public int DeadNodes { get; init; }

    /// <summary>Gateways that are configured.</summary>
    public int Endpoints { get; init; }

    /// <summary>Gateways that are left out at the moment because they failed.</summary>
    public int EndpointsLeftOut { get; init; }
}
