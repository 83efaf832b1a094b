using MyriadSync.Contracts;

namespace MyriadSync.Orchestration.Scans;

/// <summary>A record that somebody on the cluster may have written.</summary>
/// <param name="Record">Which.</param>
/// <param name="Oldest">Oldest timestamp (ms) of what is to be judged.</param>
internal readonly record struct ScanFinding(RecordId Record, long Oldest);
