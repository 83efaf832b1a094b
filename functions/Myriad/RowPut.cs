namespace MyriadSync.Myriad;

/// <summary>Cells to write into one row. Writing them twice, or late, is harmless: the timestamps decide what is seen.</summary>
/// <param name="Key">The row key, only of <c>A-Z a-z 0-9 - . _ ~</c>.</param>
/// <param name="Cells">At least one cell, each with its explicit timestamp (&gt;= 0).</param>
public sealed record RowPut(string Key, IReadOnlyList<Cell> Cells);
