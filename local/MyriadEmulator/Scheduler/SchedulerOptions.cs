namespace MyriadSync.MyriadEmulator.Scheduler;

/// <summary>The Myriad configuration that the scheduler was started with.</summary>
public sealed record SchedulerOptions
{
    /// <summary>Sizes of node managers: name to CPUs and megabytes.</summary>
    public IReadOnlyDictionary<string, SchedulerProfile> Profiles { get; init; } = new Dictionary<string, SchedulerProfile>
    {
        ["zero"] = new(0, 0),
        ["small"] = new(2, 2048),
        ["medium"] = new(4, 4096),
        ["large"] = new(10, 12288),
    };

    /// <summary>Node managers that run from the start: profile to number.</summary>
    public IReadOnlyDictionary<string, int> NodeManagers { get; init; } = new Dictionary<string, int> { ["medium"] = 1 };

    /// <summary>
    /// Services: name to <c>maxInstances</c>. So many run from the start, one if it is null; 0 or less stands for no bound and starts none. Empty: no
    /// <c>services:</c> in the configuration.
    /// </summary>
    public IReadOnlyDictionary<string, int?> Services { get; init; } = new Dictionary<string, int?> { ["hbaserest"] = 2 };

    /// <summary>
    /// How long a task is pending, then staging, and how long one that was flexed down is killable: the stand-in for Mesos' offers. Null: tasks stay where they are.
    /// </summary>
    public TimeSpan? StepTime { get; init; } = TimeSpan.FromSeconds(1);
}
