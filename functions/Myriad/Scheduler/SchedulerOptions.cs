namespace MyriadSync.Myriad.Scheduler;

/// <summary>Where the Myriad scheduler's REST API is. Optional: synchronisation does without it.</summary>
public sealed class SchedulerOptions
{
    /// <summary>The section of the configuration that these are read from.</summary>
    public const string Section = "Myriad:Scheduler";

    /// <summary>Base addresses (<c>http://host:8192</c>) of the resource managers that may be the active one; a standby's port is closed. Empty: not configured.</summary>
    public IList<Uri> Endpoints { get; } = [];

    /// <summary>Time for one request, 0.1 s to 30 s. Default 3 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(3);
}
