namespace MyriadSync.FunctionsRuntime.Durable.History;

/// <summary>Kinds of history events. The numbers are stored.</summary>
internal enum HistoryKind
{
    /// <summary>Action: the orchestrator called an activity.</summary>
    ActivityScheduled = 1,

    /// <summary>Action: the orchestrator created a timer.</summary>
    TimerCreated = 2,

    /// <summary>Event: an activity returned.</summary>
    ActivityCompleted = 3,

    /// <summary>Event: an activity threw.</summary>
    ActivityFailed = 4,

    /// <summary>Event: a timer was due.</summary>
    TimerFired = 5,
}
