namespace MyriadSync.ChangeLog;

/// <summary>Remembers for every table how far it was scanned. May throw <see cref="Contracts.StorageUnavailableException"/>; asking again is safe.</summary>
internal interface IScanMarks
{
    /// <summary>The table's mark; a table that was never scanned has one at 0.</summary>
    Task<ScanMark> ReadAsync(string table, CancellationToken cancellationToken);

    /// <summary>Writes the mark if it is still as it was read. Null: another scan moved it, and what this one did is done all the same.</summary>
    Task<ScanMark?> MoveAsync(ScanMark mark, CancellationToken cancellationToken);
}
