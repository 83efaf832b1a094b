namespace MyriadSync.FunctionsRuntime.Invocation;

/// <summary>What starts a function.</summary>
internal enum TriggerKind
{
    /// <summary>An HTTP request.</summary>
    Http,

    /// <summary>A queue message.</summary>
    Queue,

    /// <summary>A schedule.</summary>
    Timer,

    /// <summary>The engine: an orchestrator.</summary>
    Orchestration,

    /// <summary>The engine: an activity.</summary>
    Activity,
}
