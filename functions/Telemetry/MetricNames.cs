namespace MyriadSync.Telemetry;

/// <summary>Names of the instruments. Alerts of infra/ query some of them by name; a test compares the two.</summary>
internal static class MetricNames
{
    /// <summary>Counter of changes by <c>outcome</c>.</summary>
    public const string Changes = "myriadsync.changes";

    /// <summary>Counter of changes that others' edits kept from going in as they were, by the <c>policy</c> that settled them.</summary>
    public const string Conflicts = "myriadsync.conflicts";

    /// <summary>Histogram (s) of the time from a push to its answer, by <c>status</c>.</summary>
    public const string BatchDuration = "myriadsync.batch.duration";

    /// <summary>Counter of the times that a batch had to wait before its commit, by <c>reason</c>.</summary>
    public const string BatchWaits = "myriadsync.batch.waits";

    /// <summary>Counter of invocations that ended in an exception, by <c>function</c>.</summary>
    public const string FunctionFailures = "myriadsync.function.failures";

    /// <summary>Gauge: datasets that ever had a commit.</summary>
    public const string Datasets = "myriadsync.datasets";

    /// <summary>Gauge (s): age of the oldest commit that is not on the cluster, over all datasets; 0 when there is none.</summary>
    public const string ApplyLag = "myriadsync.apply.lag";

    /// <summary>Gauge: entries that are not on the cluster, over all datasets.</summary>
    public const string ApplyBacklog = "myriadsync.apply.backlog";

    /// <summary>Gauge: records that the cluster refuses for good.</summary>
    public const string HeldRecords = "myriadsync.held.records";

    /// <summary>Gauge: items that wait for an operator's decision; counted up to 1,000.</summary>
    public const string PoisonDepth = "myriadsync.poison.depth";
}
