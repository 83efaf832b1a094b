namespace MyriadSync.MyriadEmulator.Store;

/// <summary>What an entry of a stored row is. The numbers are stored, and their order is the order of entries within a column.</summary>
internal enum EntryKind : byte
{
    /// <summary>A delete marker for every column of a family, up to its timestamp.</summary>
    FamilyMarker = 0,

    /// <summary>A delete marker for one column, up to its timestamp.</summary>
    ColumnMarker = 1,

    /// <summary>A value.</summary>
    Put = 2,
}
