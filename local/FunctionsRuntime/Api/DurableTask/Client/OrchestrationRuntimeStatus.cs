namespace Microsoft.DurableTask.Client;

/// <summary>Where an instance stands.</summary>
public enum OrchestrationRuntimeStatus
{
    /// <summary>Its orchestrator has begun.</summary>
    Running = 0,

    /// <summary>It has returned.</summary>
    Completed = 1,

    /// <summary>It has thrown, or broken the rules of determinism.</summary>
    Failed = 3,

    /// <summary>It was stopped from outside.</summary>
    Terminated = 5,

    /// <summary>It waits to begin.</summary>
    Pending = 6,
}
