namespace MyriadSync.Myriad;

/// <summary>A row as the store has it now.</summary>
/// <param name="Key">The row key, in its stored (encoded) form.</param>
/// <param name="Cells">The newest version of each column, in byte order of the columns; never empty.</param>
public sealed record Row(string Key, IReadOnlyList<Cell> Cells);
