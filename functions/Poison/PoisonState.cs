namespace MyriadSync.Poison;

/// <summary>
/// How a poison entry stands.
/// <code>
///   open -- redriven, and it went in ------> redriven
///    | ^  '- failed again: open, one attempt more
///    | '---- a message that failed once more, or a held record redriven after all
///    '------ discarded --------------------> discarded
/// </code>
/// </summary>
internal enum PoisonState
{
    /// <summary>Waits for an operator.</summary>
    Open,

    /// <summary>It was processed after all.</summary>
    Redriven,

    /// <summary>An operator gave it up.</summary>
    Discarded,
}
