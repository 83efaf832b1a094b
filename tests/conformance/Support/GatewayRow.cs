namespace MyriadSync.ConformanceTests.Support;

/// <summary>A row as anybody reads it over REST.</summary>
/// <param name="Key">The row key.</param>
/// <param name="Cells">By column, the newest version that no marker hides.</param>
public sealed record GatewayRow(string Key, IReadOnlyDictionary<string, (long Timestamp, byte[] Value)> Cells);
