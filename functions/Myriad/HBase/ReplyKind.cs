namespace MyriadSync.Myriad.HBase;

/// <summary>What an answer of the gateway means, as far as one answer can tell.</summary>
internal enum ReplyKind
{
    /// <summary>Done, with a readable body where one belongs.</summary>
    Ok,

    /// <summary>A multiget that found none of its rows.</summary>
    NoRows,

    /// <summary>There is no such table or namespace.</summary>
    MissingTable,

    /// <summary>The table has no such family.</summary>
    MissingFamily,

    /// <summary>What was sent is refused for good: a row, a cell or a body that breaks a limit or a rule.</summary>
    Refused,

    /// <summary>The answer is larger than we take at once: ask for less.</summary>
    TooLarge,

    /// <summary>An internal error. A multiget or a scan of a missing table looks like this too.</summary>
    Internal,

    /// <summary>No answer, or one that says that it cannot answer now.</summary>
    Transient,

    /// <summary>Our credentials are not accepted, or not for this.</summary>
    Unauthorized,

    /// <summary>Nothing that a gateway says to a request of ours: another server, or a defect of ours.</summary>
    Foreign,
}
