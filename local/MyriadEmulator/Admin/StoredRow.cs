namespace MyriadSync.MyriadEmulator.Admin;

/// <summary>A stored row.</summary>
/// <param name="Key">The row key, as UTF-8 text.</param>
/// <param name="Cells">Every version and marker, by family and qualifier, the newest first.</param>
public sealed record StoredRow(string Key, IReadOnlyList<StoredCell> Cells);
