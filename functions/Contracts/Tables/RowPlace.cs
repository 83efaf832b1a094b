namespace MyriadSync.Contracts.Tables;

/// <summary>Where a record's row lies.</summary>
/// <param name="Table">The table.</param>
/// <param name="RowKey">Its row key there (<see cref="ByteText"/>); null: the table can have no such row.</param>
internal readonly record struct RowPlace(ExistingTable Table, string? RowKey);
