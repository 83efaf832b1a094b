namespace MyriadSync.FunctionsRuntime.Timers;

/// <summary>Where the schedule of a timer function stands. Times are UTC.</summary>
internal sealed record ScheduleRecord
{
    /// <summary>The function.</summary>
    public required string Function { get; init; }

    /// <summary>The schedule that <see cref="Next"/> was computed by.</summary>
    public required string Schedule { get; init; }

    /// <summary>The last run; the default if there was none.</summary>
    public required DateTime Last { get; init; }

    /// <summary>The next run.</summary>
    public required DateTime Next { get; init; }

    /// <summary>When this was written.</summary>
    public required DateTime UpdatedAt { get; init; }
}
