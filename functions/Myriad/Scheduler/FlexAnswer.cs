namespace MyriadSync.Myriad.Scheduler;

/// <summary>What became of a wish to change a part's number of instances.</summary>
public sealed record FlexAnswer
{
    /// <summary>The verdict.</summary>
    public required FlexVerdict Verdict { get; init; }

    /// <summary>Instances wanted before (pending, staging, active).</summary>
    public int Before { get; init; }

    /// <summary>The state afterwards; null when it was not read.</summary>
    public SchedulerState? Now { get; init; }

    /// <summary>With <see cref="FlexVerdict.AtLimit"/>: the bound, if the scheduler told it.</summary>
    public int? Limit { get; init; }

    /// <summary>One line for the operator: a warning with <see cref="FlexVerdict.Requested"/>, otherwise why; null: nothing to say.</summary>
    public string? Message { get; init; }

    /// <summary>An answer without numbers.</summary>
    public static FlexAnswer Of(FlexVerdict verdict, string? message = null) => new() { Verdict = verdict, Message = message };
}
