namespace MyriadSync.Contracts;

/// <summary>When a column was last written.</summary>
/// <param name="Timestamp">The HBase timestamp (ms) at which sync wrote it or took it over.</param>
/// <param name="At">The hybrid time of the edit.</param>
public readonly record struct FieldClock(long Timestamp, string At);
