using MyriadSync.Contracts.Stores;

namespace MyriadSync.ChangeLog;

/// <summary>Remembers for every store which mapping its rows are laid out by. May throw <see cref="Contracts.StorageUnavailableException"/>; asking again is safe.</summary>
internal interface IMappingRegistry
{
    /// <summary>Every store that has, or may have, rows.</summary>
    Task<IReadOnlyList<StoredMapping>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>What the store's rows are laid out by: <paramref name="mapping"/> from now on when it has none yet.</summary>
    Task<StoredMapping> ClaimAsync(string store, MappingSet mapping, CancellationToken cancellationToken);

    /// <summary>Replaces the row if it is still as it was read. Null: it is not.</summary>
    Task<StoredMapping?> ReplaceAsync(StoredMapping row, CancellationToken cancellationToken);
}
