namespace MyriadSync.MyriadEmulator.Faults;

/// <summary>How the gateway answers while the cluster behind it is down.</summary>
internal enum DownClusterBehaviour
{
    /// <summary>For more than 100 s: longer than anyone waits.</summary>
    Hangs,

    /// <summary>It needs no cluster for its answer.</summary>
    AnswersAtOnce,

    /// <summary>A lie: it hides the failure.</summary>
    SaysNotFound,

    /// <summary>503, after a while.</summary>
    SaysUnavailable,
}
