namespace MyriadSync.ChangeLog;

/// <summary>Names of the tables, queues and containers. infra/ creates the same.</summary>
public static class StorageNames
{
    /// <summary>Table of all datasets' logs; partition = dataset.</summary>
    public const string ChangeLogTable = "changelog";

    /// <summary>Table of the datasets that ever had a commit, and of the mappings that stores' rows are laid out by.</summary>
    public const string DatasetsTable = "datasets";

    /// <summary>Table of parked changes and held records, for operators.</summary>
    public const string PoisonTable = "poison";

    /// <summary>Table of conflicts that persons decide.</summary>
    public const string ConflictTable = "conflicts";

    /// <summary>Queue of datasets that the cluster is behind on.</summary>
    public const string ApplyQueue = "sync-apply";

    /// <summary>Queue of what could not be processed.</summary>
    public const string PoisonQueue = "sync-poison";

    /// <summary>Where the runtime puts messages of <see cref="ApplyQueue"/> that failed five times.</summary>
    public const string ApplyPoisonQueue = ApplyQueue + "-poison";

    /// <summary>Container of batches' bodies and parked changes (claim checks).</summary>
    public const string PayloadContainer = "payloads";

    /// <summary>Folder, in <see cref="PayloadContainer"/>, of bodies waiting for their commit. Storage may delete there what has not been read for weeks; everything beside it stays.</summary>
    public const string BatchesFolder = "batches/";

    /// <summary>Container of the blobs whose leases keep one applier per dataset.</summary>
    public const string LeaseContainer = "leases";
}
