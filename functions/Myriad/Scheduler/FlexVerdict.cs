namespace MyriadSync.Myriad.Scheduler;

/// <summary>What became of a wish to change a part's number of instances.</summary>
public enum FlexVerdict
{
    /// <summary>There are as many as wanted.</summary>
    Unchanged,

    /// <summary>The scheduler took it. Tasks start when Mesos offers what they need, which may be never.</summary>
    Requested,

    /// <summary>The service runs as many as its configuration allows: an answer, no error. A bounded service does so from the start.</summary>
    AtLimit,

    /// <summary>No answer came, and the state does not show whether it was carried out. It is not sent again: look at the cluster first.</summary>
    Unconfirmed,

    /// <summary>The configuration declares no part of this name.</summary>
    UnknownName,

    /// <summary>The scheduler refused for another reason, or flexing would hit parts of other names.</summary>
    Refused,

    /// <summary>No scheduler is configured, or none answers.</summary>
    Unavailable,
}
