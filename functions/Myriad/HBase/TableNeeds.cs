namespace MyriadSync.Myriad.HBase;

/// <summary>What a table that is not one of the datasets' own must have.</summary>
internal sealed record TableNeeds
{
    /// <summary>The store that it is for.</summary>
    public required string Store { get; init; }

    /// <summary>Families that must be there.</summary>
    public required IReadOnlyList<string> Families { get; init; }

    /// <summary>Those of them that are added where they are missing.</summary>
    public IReadOnlyList<string> MayAdd { get; init; } = [];

    /// <summary>It is created if it is missing: it is one of ours.</summary>
    public bool MayCreate { get; init; }

    /// <summary>The family that probe cells go to; null: the table has no place for them.</summary>
    public string? ProbeFamily { get; init; }
}
