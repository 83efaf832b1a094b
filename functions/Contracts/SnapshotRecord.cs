namespace MyriadSync.Contracts;

/// <summary>A record of a snapshot.</summary>
/// <param name="Id">Which.</param>
/// <param name="Record">Its state; the value is never null here.</param>
public sealed record SnapshotRecord(RecordId Id, RecordInEffect Record);
