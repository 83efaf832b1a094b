namespace Microsoft.DurableTask;

/// <summary>How an orchestration is started.</summary>
public record StartOrchestrationOptions
{
    /// <summary>Options; all may be left out.</summary>
    /// <param name="InstanceId">Id of the instance; null means a new random one.</param>
    /// <param name="StartAt">When to start it; null means at once.</param>
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    /// <summary>A copy.</summary>
    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
        Version = options.Version;
    }

    /// <summary>Id of the instance; null means a new random one.</summary>
    public string? InstanceId { get; init; }

    /// <summary>When to start it; null means at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Version of the instance; null means the host's <c>defaultVersion</c>.</summary>
    public TaskVersion? Version { get; init; }
}
