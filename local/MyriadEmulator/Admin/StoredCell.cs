namespace MyriadSync.MyriadEmulator.Admin;

/// <summary>A stored value or delete marker.</summary>
public sealed record StoredCell
{
    /// <summary>What it is.</summary>
    public required StoredCellKind Kind { get; init; }

    /// <summary><c>family:qualifier</c>; of a family's marker only the family.</summary>
    public required string Column { get; init; }

    /// <summary>Milliseconds.</summary>
    public required long Timestamp { get; init; }

    /// <summary>Empty for markers.</summary>
    public required ReadOnlyMemory<byte> Value { get; init; }

    /// <summary>Whether a delete marker hides this value, wherever the marker came from and whenever it came.</summary>
    public required bool IsHidden { get; init; }
}
