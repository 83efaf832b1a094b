namespace MyriadSync.Pipeline.Resolve.Merge;

/// <summary>What of a change goes in.</summary>
internal enum MergeMode
{
    /// <summary>All of it.</summary>
    All,

    /// <summary>What is later than the edits of the same place that it does not know.</summary>
    ByClock,

    /// <summary>Only what adds up: counters and sets.</summary>
    AddingUp,
}
