namespace MyriadSync.Contracts;

/// <summary>How far a batch has come.</summary>
public enum BatchStatus
{
    /// <summary>Kept durably, waiting.</summary>
    Accepted,

    /// <summary>Outcomes are final; the cluster is still to be brought up to date.</summary>
    Committed,

    /// <summary>Everything of it is on the cluster.</summary>
    Applied,
}
