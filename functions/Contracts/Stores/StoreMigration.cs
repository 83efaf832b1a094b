namespace MyriadSync.Contracts.Stores;

/// <summary>How a store's records change from one schema version of the app to the next.</summary>
public sealed record StoreMigration
{
    /// <summary>The version that it leads to, from the one before.</summary>
    public required int To { get; init; }

    /// <summary>There is no way back: versions before <see cref="To"/> are too old.</summary>
    public bool Irreversible { get; init; }

    /// <summary>In this order; backwards on the way back.</summary>
    public required IReadOnlyList<MigrationStep> Steps { get; init; }
}
