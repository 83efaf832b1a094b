namespace MyriadSync.Myriad.Scheduler;

/// <summary>
/// Whom a flex call really hits. The scheduler keys tasks by what stands before the first dot of their ids, and profiles and services share one table: some
/// names reach further than they say.
/// </summary>
internal static class FlexNames
{
    private const string NodeManagers = "nm";

    /// <summary>The name to send: a service whose name holds a dot is flexed down by what stands before it.</summary>
    public static string ToSend(ClusterPart kind, string name, int by) => kind == ClusterPart.Service && by < 0 ? Prefix(name) : name;

    /// <summary>Why flexing would hit others too; null: it would not.</summary>
    public static string? Conflict(SchedulerConfig config, ClusterPart kind, string name, int by)
    {
        if (kind == ClusterPart.Profile)
            return config.Names(ClusterPart.Service).Contains(name) ? $"The configuration has a service '{name}' too, and the scheduler cannot tell the two apart." : null;
        if (Prefix(name) == NodeManagers)
            return "The scheduler cannot tell instances of a service of this name from node managers.";
        if (by > 0)
            return null;
        return config.Names(ClusterPart.Service).FirstOrDefault(other => other != name && Prefix(other) == Prefix(name)) is { } other
            ? $"Flexing '{name}' down would take instances of '{other}' as well: the scheduler tells them apart only before the first dot."
            : null;
    }

    private static string Prefix(string name) => name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? name[..dot] : name;
}
