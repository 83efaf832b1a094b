namespace MyriadSync.Myriad.Scheduler;

/// <summary>What of the Myriad configuration (<c>GET /api/config</c>) matters here.</summary>
public sealed record SchedulerConfig
{
    /// <summary>Name of the framework; null when it is not told.</summary>
    public string? FrameworkName { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyList<SchedulerProfile> Profiles { get; init; }

    /// <summary>By name; none when the configuration has no <c>services:</c>.</summary>
    public required IReadOnlyList<SchedulerService> Services { get; init; }

    /// <summary>Names of one kind.</summary>
    public IEnumerable<string> Names(ClusterPart kind) =>
        kind == ClusterPart.Profile ? Profiles.Select(profile => profile.Name) : Services.Select(service => service.Name);
}
