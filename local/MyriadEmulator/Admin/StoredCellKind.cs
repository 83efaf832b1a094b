namespace MyriadSync.MyriadEmulator.Admin;

/// <summary>What a stored cell is.</summary>
public enum StoredCellKind
{
    /// <summary>A value.</summary>
    Put,

    /// <summary>A delete marker for one column up to its timestamp.</summary>
    ColumnDelete,

    /// <summary>A delete marker for a whole family up to its timestamp.</summary>
    FamilyDelete,
}
