namespace MyriadSync.ReliabilityTests.Load;

/// <summary>What a <see cref="Tally"/> counts.</summary>
public static class Happening
{
    public const string Settled = "batches settled";
    public const string ConnectionLost = "connections lost";
    public const string Accepted = "answers 202";
    public const string WaitingForCluster = "answers 202 that say that the cluster is awaited";
    public const string ClusterUnavailable = "answers 503 for the cluster";
    public const string StorageUnavailable = "answers 503 for storage";
    public const string Repeated = "settled batches sent again";
}
