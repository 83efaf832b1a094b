namespace MyriadSync.Orchestration.Resolutions;

/// <summary>Whose side a decision takes.</summary>
internal enum Take
{
    /// <summary>The client's: its changes win, on top of the record as it is.</summary>
    Ours,

    /// <summary>The record in effect stays.</summary>
    Theirs,

    /// <summary>Neither: a value that the person made.</summary>
    Value,
}
