namespace MyriadSync.Myriad.HBase;

/// <summary>
/// Reads the status and the first lines of an answer. The gateway puts Java exceptions into its bodies; which one it is tells a passing
/// fault from a lasting one, often against the status code.
/// </summary>
internal static class ReplyClassifier
{
    private static readonly string[] MissingTableNames = ["TableNotFoundException", "NamespaceNotFoundException"];

    // Exceptions that HBase itself does not retry, as far as a put or a delete can meet them.
    private static readonly string[] RefusalNames = ["DoNotRetryIOException", "FailedSanityCheckException", "InvalidMutation", "IllegalArgumentException"];

    /// <summary>What an answer means.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="head">The beginning of the body without the lines of stack traces (see <see cref="ErrorText.Head"/>).</param>
    public static ReplyKind Classify(int status, string head) => status switch
    {
        >= 200 and < 300 => ReplyKind.Ok,
        304 => ReplyKind.Ok, // somebody else created the table at the same moment
        400 => HasAny(head, MissingTableNames) ? ReplyKind.MissingTable : ReplyKind.Refused,
        403 when Has(head, "already exists") => ReplyKind.Ok, // likewise the namespace: two instances start at once, and nobody lacks a right
        401 or 403 => ReplyKind.Unauthorized,
        404 => NotFound(head),
        408 or 425 or 429 or 502 or 504 => ReplyKind.Transient,
        413 => ReplyKind.Refused,
        // Malformed JSON comes back as a 500 without a word; anything else of that status has a page.
        500 => head.Length == 0 ? ReplyKind.Refused : Has(head, "AccessDeniedException") ? ReplyKind.Unauthorized : ReplyKind.Internal,
        503 => Unavailable(head),
        501 or 505 => ReplyKind.Foreign,
        >= 500 => ReplyKind.Transient,
        _ => ReplyKind.Foreign,
    };

    private static ReplyKind NotFound(string head) =>
        head.StartsWith("No rows found.", StringComparison.Ordinal) ? ReplyKind.NoRows
        : HasAny(head, MissingTableNames) ? ReplyKind.MissingTable
        : Has(head, "NoSuchColumnFamilyException") ? ReplyKind.MissingFamily
        : ReplyKind.Foreign;

    private static ReplyKind Unavailable(string head) =>
        HasAny(head, MissingTableNames) ? ReplyKind.MissingTable
        // As the 403 above, when the two met inside the cluster.
        : Has(head, "NamespaceExistException") ? ReplyKind.Ok
        : Has(head, "NoSuchColumnFamilyException") ? ReplyKind.MissingFamily
        : Has(head, "AccessDeniedException") ? ReplyKind.Unauthorized
        // A table is disabled while an operator, or we, change its families: it comes back.
        : Has(head, "TableNotEnabledException") ? ReplyKind.Transient
        : HasAny(head, RefusalNames) ? ReplyKind.Refused
        : ReplyKind.Transient;

    private static bool Has(string head, string name) => head.Contains(name, StringComparison.Ordinal);

    private static bool HasAny(string head, string[] names)
    {
        foreach (var name in names)
        {
            if (Has(head, name))
                return true;
        }

        return false;
    }
}
