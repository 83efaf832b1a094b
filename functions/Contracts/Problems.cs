namespace MyriadSync.Contracts;

/// <summary>Stable types of problem answers (RFC 9457): the last part of the <c>type</c> URI, which is their page in the docs.</summary>
public static class Problems
{
    /// <summary>400: the body is not JSON or not of the shape that docs/API.md gives.</summary>
    public const string InvalidRequest = "invalid-request";

    /// <summary>400: a parameter of the query or the path is out of its alphabet or range.</summary>
    public const string InvalidParameter = "invalid-parameter";

    /// <summary>401: no token, or one that does not hold.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>403: the token does not give access to this.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>403: the client id belongs to another user.</summary>
    public const string ClientOfAnother = "client-of-another";

    /// <summary>404: no such thing.</summary>
    public const string NotFound = "not-found";

    /// <summary>409: the first unseen seq is not the expected one; carries <c>expectedSeq</c>.</summary>
    public const string SequenceGap = "sequence-gap";

    /// <summary>409: an unknown client must begin at seq 1.</summary>
    public const string ClientUnknown = "client-unknown";

    /// <summary>409: a seq came back with another content: a copied or restored profile.</summary>
    public const string ClientForked = "client-forked";

    /// <summary>409: the batch names another epoch than the log's.</summary>
    public const string EpochChanged = "epoch-changed";

    /// <summary>409: the poison entry is settled already; carries its <c>state</c>.</summary>
    public const string PoisonSettled = "poison-settled";

    /// <summary>409: the app's schema version is below the window; carries <c>current</c> and <c>oldest</c>.</summary>
    public const string SchemaTooOld = "schema-too-old";

    /// <summary>409: the app's schema version is newer than the server's; carries <c>current</c> and <c>oldest</c>.</summary>
    public const string SchemaTooNew = "schema-too-new";

    /// <summary>409: the record changed since the resolver saw it; carries the <c>record</c> as it is.</summary>
    public const string ConflictOutdated = "conflict-outdated";

    /// <summary>409: the conflict was decided otherwise, or overtaken; carries its <c>state</c>.</summary>
    public const string ConflictSettled = "conflict-settled";

    /// <summary>410: nobody decided the conflict within the retention time.</summary>
    public const string ConflictExpired = "conflict-expired";

    /// <summary>422: the record's store does not take what was decided; carries the <c>reason</c>.</summary>
    public const string ResolutionRefused = "resolution-refused";

    /// <summary>410: the cursor can no longer be served; carries <c>snapshot</c>, the address to load from.</summary>
    public const string CursorGone = "cursor-gone";

    /// <summary>413: the body is larger than the limit.</summary>
    public const string TooLarge = "too-large";

    /// <summary>415: another media type or content encoding than those accepted.</summary>
    public const string UnsupportedMediaType = "unsupported-media-type";

    /// <summary>422: a batch id was used again with another body.</summary>
    public const string BatchIdReused = "batch-id-reused";

    /// <summary>426, to RxDB's clients: the app is too old for this service.</summary>
    public const string ClientOutdated = "client-outdated";

    /// <summary>503, to RxDB's clients: the app is newer than this service.</summary>
    public const string ServiceOutdated = "service-outdated";

    /// <summary>503, to RxDB's clients: their rows are not committed yet.</summary>
    public const string NotCommitted = "not-committed";

    /// <summary>503: the cluster cannot be reached.</summary>
    public const string ClusterUnavailable = "cluster-unavailable";

    /// <summary>502: the Myriad scheduler refuses what was asked of it; carries its words in the detail.</summary>
    public const string SchedulerRefused = "scheduler-refused";

    /// <summary>503: no Myriad scheduler is configured, or none answers.</summary>
    public const string SchedulerUnavailable = "scheduler-unavailable";

    /// <summary>503: storage cannot be reached.</summary>
    public const string StorageUnavailable = "storage-unavailable";

    /// <summary>503: the keys that tokens are checked with cannot be fetched.</summary>
    public const string AuthorityUnavailable = "authority-unavailable";

    /// <summary>500: a defect of the service.</summary>
    public const string InternalError = "internal-error";
}
