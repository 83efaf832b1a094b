namespace MyriadSync.ChangeLog;

/// <summary>What an audit is at.</summary>
internal enum AuditPhase
{
    /// <summary>None is under way.</summary>
    Idle,

    /// <summary>Looks up the records that came into the log since the last audit.</summary>
    Log,

    /// <summary>Looks at every row of the table.</summary>
    Rows,
}
