using MyriadSync.Myriad;

namespace MyriadSync.Orchestration.Stages;

/// <summary>Why an accepted batch waits: stable codes that clients and operators see.</summary>
internal static class WaitReasons
{
    public const string ClusterUnreachable = "cluster-unreachable";
    public const string ClusterRefusesCredentials = "cluster-refuses-credentials";
    public const string ClusterMisconfigured = "cluster-misconfigured";
    public const string ClusterBehind = "cluster-behind";
    public const string CellInFuture = "cell-in-future";
    public const string Contention = "contention";
    public const string LogBehindCluster = "log-behind-cluster";
    public const string StoreNeedsRemap = "store-needs-remap";
    public const string MappingUnknown = "mapping-unknown";
    public const string StorageUnreachable = "storage-unreachable";
    public const string ProcessingFailed = "processing-failed";

    public static string Of(StoreFault fault) => fault switch
    {
        StoreFault.Unauthorized => ClusterRefusesCredentials,
        StoreFault.Misconfigured => ClusterMisconfigured,
        _ => ClusterUnreachable,
    };
}
