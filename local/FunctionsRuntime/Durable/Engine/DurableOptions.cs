using MyriadSync.FunctionsRuntime.Durable.Execution;

namespace MyriadSync.FunctionsRuntime.Durable.Engine;

/// <summary>Settings of the engine, from host.json <c>extensions.durableTask</c> and the runtime's own.</summary>
internal sealed record DurableOptions
{
    /// <summary>Name of the task hub.</summary>
    public string HubName { get; init; } = "TestHubName";

    /// <summary>Version of new instances, and of this host.</summary>
    public string DefaultVersion { get; init; } = string.Empty;

    /// <summary>Which versions this host runs.</summary>
    public VersionMatchStrategy VersionMatchStrategy { get; init; } = VersionMatchStrategy.CurrentOrOlder;

    /// <summary>Activities that run at a time.</summary>
    public int MaxConcurrentActivities { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>Orchestrators that run at a time; each turn takes microseconds.</summary>
    public int MaxConcurrentOrchestrators { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>Replay the whole history on each event, and compare inputs and due times too. Slow; finds errors of determinism.</summary>
    public bool ReplayOnEachEvent { get; init; }

    /// <summary>An instance that waits only for timers at least this far away is dropped from memory until one fires.</summary>
    public TimeSpan EvictAfter { get; init; } = TimeSpan.FromSeconds(60);
}
