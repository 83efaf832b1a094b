namespace MyriadSync.Myriad.Scheduler;

/// <summary>What went wrong between us and a scheduler.</summary>
internal enum SchedulerFault
{
    /// <summary>It answered.</summary>
    None,

    /// <summary>There was no connection, so it never saw the request: a standby's port is closed.</summary>
    NotReached,

    /// <summary>The request may have been carried out; nobody knows.</summary>
    Unknown,
}
