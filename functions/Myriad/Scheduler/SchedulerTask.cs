namespace MyriadSync.Myriad.Scheduler;

/// <summary>A task of the scheduler, by its id: a node manager of a profile, or an instance of a service. The API tells nothing else of it.</summary>
/// <param name="Id">The id as the scheduler gives it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The profile, or the service.</param>
public readonly record struct SchedulerTask(string Id, ClusterPart Kind, string Name)
{
    private const string NodeManagerPrefix = "nm.";

    /// <summary>Reads <c>nm.{profile}.{uuid}</c> or <c>{service}.{service}.{uuid}</c>. Names may hold dots, so it is read from the right.</summary>
    public static SchedulerTask Parse(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var name = id.LastIndexOf('.') is > 0 and var dot ? id[..dot] : id;
        if (name.StartsWith(NodeManagerPrefix, StringComparison.Ordinal))
            return new SchedulerTask(id, ClusterPart.Profile, name[NodeManagerPrefix.Length..]);

        var half = name.Length / 2;
        var doubled = name.Length % 2 == 1 && name[half] == '.' && name.AsSpan(0, half).SequenceEqual(name.AsSpan(half + 1));
        return new SchedulerTask(id, ClusterPart.Service, doubled ? name[..half] : name);
    }
}
