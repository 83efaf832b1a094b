namespace MyriadSync.MyriadEmulator.Store;

/// <summary>How a write went; all unset if everything was stored.</summary>
internal readonly record struct ApplyResult
{
    public bool TableMissing { get; init; }

    /// <summary>The first family that the table does not have.</summary>
    public string? UnknownFamily { get; init; }

    public bool CheckFailed { get; init; }
}
