namespace MyriadSync.Contracts.Tables;

/// <summary>
/// A table that was there before us, and the place of a store's records. It is never created, and nothing in it is touched but the columns that the store's
/// mapping names and, where it has one, the sync's own family.
/// </summary>
public sealed record ExistingTable
{
    /// <summary>Its name, with its namespace where it has one.</summary>
    public required string Name { get; init; }

    /// <summary>How records' keys lie in its row keys.</summary>
    public required IRowKeyCodec Keys { get; init; }

    /// <summary>The one dataset that it belongs to; null: row keys name the dataset.</summary>
    public string? Dataset { get; init; }

    /// <summary>The family that holds what sync notes about a record, in this table; null: <see cref="SyncTable"/> holds it.</summary>
    public string? SyncFamily { get; init; }

    /// <summary>The sync may add <see cref="SyncFamily"/> where it is missing.</summary>
    public bool MayAddFamily { get; init; }

    /// <summary>The table beside this one that holds what sync notes, in rows of the same keys; it is made by us. Null: <see cref="SyncFamily"/> does.</summary>
    public string? SyncTable { get; init; }

    /// <summary>Whether the dataset has records here.</summary>
    public bool Serves(string dataset) => Dataset is null || Dataset == dataset;
}
