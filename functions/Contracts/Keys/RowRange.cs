namespace MyriadSync.Contracts.Keys;

/// <summary>A range of row keys in byte order.</summary>
/// <param name="Start">First row key of the range, inclusive.</param>
/// <param name="End">End of the range, exclusive.</param>
public readonly record struct RowRange(string Start, string End);
