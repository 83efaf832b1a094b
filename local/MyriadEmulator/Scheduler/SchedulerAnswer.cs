namespace MyriadSync.MyriadEmulator.Scheduler;

/// <summary>An answer of the scheduler.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">Null for none.</param>
internal sealed record SchedulerAnswer(int Status, string? Body = null)
{
    public string ContentType { get; init; } = "text/plain";

    public string? Allow { get; init; }

    /// <summary>Jetty puts the message of an exception where the reason phrase belongs.</summary>
    public string? Reason { get; init; }

    /// <summary>An error of the container: with Jetty's page to GET and POST, empty to the others.</summary>
    public bool IsContainerError { get; init; }

    public static SchedulerAnswer Json(string body) => new(200, body) { ContentType = "application/json" };

    public static SchedulerAnswer Accepted(string? warning = null) => new(202, warning);

    public static SchedulerAnswer BadRequest(string text) => new(400, text);

    public static SchedulerAnswer Failed(string reason) => new(500) { Reason = reason };

    public static SchedulerAnswer Error(int status, string? allow = null) => new(status) { Allow = allow, IsContainerError = true };
}
