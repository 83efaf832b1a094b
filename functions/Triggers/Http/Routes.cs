namespace MyriadSync.Triggers.Http;

/// <summary>Routes of the functions (below host.json's <c>routePrefix</c>), and the addresses that answers point to.</summary>
internal static class Routes
{
    /// <summary>host.json's <c>extensions.http.routePrefix</c>.</summary>
    public const string Prefix = "api";

    public const string Dataset = "v1/datasets/{dataset}";
    public const string Batches = Dataset + "/batches";
    public const string Batch = Batches + "/{clientId}/{batchId}";
    public const string Changes = Dataset + "/changes";
    public const string Snapshot = Dataset + "/snapshot";
    public const string Record = Dataset + "/records/{store}/{key}";
    public const string Cluster = "v1/cluster";
    public const string ClusterProfile = Cluster + "/profiles/{name}";
    public const string ClusterService = Cluster + "/services/{name}";
    public const string ClusterAudit = Cluster + "/audit";
    public const string Poison = Dataset + "/poison";
    public const string PoisonEntry = Poison + "/{poisonId}";
    public const string PoisonRedrive = PoisonEntry + "/redrive";
    public const string PoisonDiscard = PoisonEntry + "/discard";
    public const string PoisonRedriveMany = Poison + "/redrive";
    public const string RxDb = Dataset + "/rxdb/{store}/{schemaVersion}";
    public const string RxDbPull = RxDb + "/pull";
    public const string RxDbPush = RxDb + "/push";
    public const string RxDbPullStream = RxDb + "/pullStream";
    public const string Conflicts = Dataset + "/conflicts";
    public const string Conflict = Conflicts + "/{conflictId}";
    public const string ConflictResolve = Conflict + "/resolve";
    public const string Live = "v1/health/live";
    public const string Ready = "v1/health/ready";
    public const string OpenApi = "v1/openapi.json";
    public const string ProblemPage = "v1/problems/{code}";

    /// <summary>Where a batch's status is read. Ids and names need no escaping: their alphabets are safe in a path.</summary>
    public static string BatchAddress(string dataset, string clientId, string batchId) =>
        $"/{Prefix}/v1/datasets/{dataset}/batches/{clientId}/{batchId}";

    /// <summary>Where a dataset's snapshot begins.</summary>
    public static string SnapshotAddress(string dataset) => $"/{Prefix}/v1/datasets/{dataset}/snapshot";
}
