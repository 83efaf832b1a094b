using MyriadSync.Contracts;

namespace MyriadSync.Orchestration.Scans;

/// <summary>A record that somebody on the cluster may have written.</summary>
/// <param name="Record">Which.</param>
/// <param name="Oldest">Oldest timestamp (ms) of what is to be judged.</param>
/// <param name="Hidden">Cells of theirs that a reader of the row does not see.</param>
/// <param name="Gone">The record was alive, and its row is gone: that it is not there is confirmed, and is somebody's delete.</param>
internal readonly record struct ScanFinding(RecordId Record, long Oldest, IReadOnlyList<HiddenCell> Hidden, bool Gone = false);
