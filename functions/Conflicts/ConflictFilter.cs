namespace MyriadSync.Conflicts;

/// <summary>Which conflicts to list; null members let all pass.</summary>
internal sealed record ConflictFilter
{
    /// <summary>How they stand.</summary>
    public ConflictState? State { get; init; }

    /// <summary>The record's store.</summary>
    public string? Store { get; init; }

    /// <summary>Who made the changes.</summary>
    public string? ClientId { get; init; }

    /// <summary>The user that the client belongs to.</summary>
    public string? Sub { get; init; }
}
