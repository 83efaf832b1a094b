namespace MyriadSync.ChangeLog;

/// <summary>Remembers how far audits are and what they saw. May throw <see cref="Contracts.StorageUnavailableException"/>; asking again is safe.</summary>
internal interface IAuditLedger
{
    /// <summary>The table's mark; a table that was never audited has an empty one.</summary>
    Task<AuditMark> ReadAsync(string table, CancellationToken cancellationToken);

    /// <summary>Writes the mark if it is still as it was read. Null: somebody else moved it, and goes on from there.</summary>
    Task<AuditMark?> MoveAsync(AuditMark mark, CancellationToken cancellationToken);

    /// <summary>Up to which seq a dataset's log was compared with the table; 0: never.</summary>
    Task<long> ReadSeqAsync(string table, string dataset, CancellationToken cancellationToken);

    /// <summary>Notes the same.</summary>
    Task WriteSeqAsync(string table, string dataset, long seq, CancellationToken cancellationToken);

    /// <summary>The page that starts at a place; null: there is none.</summary>
    Task<AuditPage?> ReadPageAsync(string table, string start, CancellationToken cancellationToken);

    /// <summary>Writes a page, in the place of the one with the same start.</summary>
    Task WritePageAsync(string table, AuditPage page, CancellationToken cancellationToken);

    /// <summary>Removes a page; nothing happens when it is gone.</summary>
    Task DropPageAsync(string table, string start, CancellationToken cancellationToken);
}
