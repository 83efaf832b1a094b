namespace MyriadSync.Contracts;

/// <summary>Why a page of a snapshot cannot be given.</summary>
public enum SnapshotFault
{
    /// <summary>It can.</summary>
    None,

    /// <summary>The page token is none of ours, or of another dataset, or for other stores: 400.</summary>
    BadToken,

    /// <summary>The snapshot's epoch or its log position is gone: 410, begin again.</summary>
    Gone,

    /// <summary>The cluster does not answer: 503, try again later.</summary>
    Unavailable,
}
