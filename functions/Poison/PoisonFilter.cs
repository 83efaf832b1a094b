namespace MyriadSync.Poison;

/// <summary>Which entries to list; null members let all pass.</summary>
internal sealed record PoisonFilter
{
    /// <summary>How they stand.</summary>
    public PoisonState? State { get; init; }

    /// <summary>One of <see cref="PoisonKinds"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>The record's store.</summary>
    public string? Store { get; init; }

    /// <summary>The reason, exactly.</summary>
    public string? Reason { get; init; }
}
