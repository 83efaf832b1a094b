namespace MyriadSync.FunctionsRuntime.Durable.History;

/// <summary>
/// One line of an instance's history. The history is a strict alternation: an event, then every action that the orchestrator took because
/// of it, and both are stored in one transaction. So replay can demand exact equality.
/// </summary>
internal sealed record HistoryEvent
{
    /// <summary>What it is.</summary>
    public required HistoryKind Kind { get; init; }

    /// <summary>The task it is about, numbered from 0 in the order of the actions.</summary>
    public required int TaskId { get; init; }

    /// <summary>Name of the activity, on <see cref="HistoryKind.ActivityScheduled"/>.</summary>
    public string? Name { get; init; }

    /// <summary>Input, result or failure as JSON.</summary>
    public string? Data { get; init; }

    /// <summary>Due time of a timer; for an event, the time that the orchestrator sees. UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>Whether the orchestrator did it, rather than saw it.</summary>
    public bool IsAction => Kind is HistoryKind.ActivityScheduled or HistoryKind.TimerCreated;

    /// <summary>In words, for messages.</summary>
    public string Describe() => Kind switch
    {
        HistoryKind.ActivityScheduled => $"call of activity '{Name}' (#{TaskId})",
        HistoryKind.TimerCreated => $"timer (#{TaskId})",
        HistoryKind.ActivityCompleted => $"completion of activity #{TaskId}",
        HistoryKind.ActivityFailed => $"failure of activity #{TaskId}",
        _ => $"firing of timer #{TaskId}",
    };
}
