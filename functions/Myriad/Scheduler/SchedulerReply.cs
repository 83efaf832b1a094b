namespace MyriadSync.Myriad.Scheduler;

/// <summary>An answer of a scheduler, or what came in its place.</summary>
internal sealed record SchedulerReply
{
    /// <summary>What went wrong on the way.</summary>
    public SchedulerFault Fault { get; init; }

    /// <summary>HTTP status; 0 with a fault.</summary>
    public int Status { get; init; }

    /// <summary>The body of a 200.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>One line for an operator: the text of the answer, its reason phrase where it has none, or the fault in words. Never to be compared whole: it may hold object hashes.</summary>
    public string Text { get; init; } = "";
}
