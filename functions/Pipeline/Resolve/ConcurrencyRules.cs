using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>Whether an edit knew the state that it meets.</summary>
internal static class ConcurrencyRules
{
    /// <summary>
    /// True when somebody else changed the record since the edit's base. What the client itself wrote last it always knows, although edits that
    /// were queued before the answer still name the older base.
    /// </summary>
    public static bool IsConcurrent(RecordState current, Change change, string clientId) =>
        current.Known && current.By != clientId && change.Base != current.Rev;

    /// <summary>True when the client's copy, before the edit, is just the state that the edit meets.</summary>
    public static bool ClientHolds(RecordState current, Change change) => current.Known ? change.Base == current.Rev : change.Base is null;
}
