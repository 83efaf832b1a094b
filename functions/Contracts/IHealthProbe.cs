namespace MyriadSync.Contracts;

/// <summary>Tells whether something that the service stands on answers. Implemented by its adapter, asked at most every two seconds.</summary>
public interface IHealthProbe
{
    /// <summary>Lower-case name, shown to whoever asks: <c>storage</c>, <c>cluster</c>, <c>scheduler</c>.</summary>
    string Name { get; }

    /// <summary>True: without it this instance can serve nobody. Pulls go on without the cluster, so the cluster is not essential.</summary>
    bool Essential { get; }

    /// <summary>Asks it. An exception, or no answer in time, counts as down.</summary>
    Task<ProbeResult> CheckAsync(CancellationToken cancellationToken);
}
