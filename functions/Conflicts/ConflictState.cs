namespace MyriadSync.Conflicts;

/// <summary>How a conflict stands. Only an open one changes.</summary>
internal enum ConflictState
{
    /// <summary>Waits for a person.</summary>
    Open,

    /// <summary>A person decided.</summary>
    Resolved,

    /// <summary>Overtaken: the same client changed the record successfully later, or its later conflict was decided for the whole record.</summary>
    Superseded,

    /// <summary>Nobody decided within the retention time.</summary>
    Expired,
}
