namespace MyriadSync.Security;

/// <summary>What a caller may do. None implies another.</summary>
[Flags]
public enum Role
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read datasets.</summary>
    Read = 1,

    /// <summary>Push batches.</summary>
    Write = 2,

    /// <summary>Operate: poison, conflicts, the cluster's size.</summary>
    Operate = 4,
}
