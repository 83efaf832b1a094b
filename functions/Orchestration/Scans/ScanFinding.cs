using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Orchestration.Stages;

namespace MyriadSync.Orchestration.Scans;

/// <summary>A record that somebody on the cluster may have written.</summary>
/// <param name="Record">Which.</param>
/// <param name="Oldest">Oldest timestamp (ms) of what is to be judged.</param>
/// <param name="Hidden">Cells of theirs that a reader of the row does not see.</param>
/// <param name="Gone">The record was alive, and its row is gone: that it is not there is confirmed, and is somebody's delete.</param>
internal readonly record struct ScanFinding(RecordId Record, long Oldest, IReadOnlyList<HiddenCell> Hidden, bool Gone = false)
{
    /// <summary>
    /// Whether nobody can judge it yet. A record that the cluster refuses does not wait, it would do so for ever. One with cells of the future is in every scan
    /// until then; but a row that is gone is in none, and may lie under a delete of the future.
    /// </summary>
    /// <param name="window">The log; the caller holds its commit gate.</param>
    /// <param name="rows">The rows that were read for it.</param>
    /// <param name="now">The cluster's clock (ms).</param>
    public bool Waits(LogWindow window, FetchedRows rows, long now) => window.Held(Record) is null
        && (window.Latest(Record)?.Rev > rows.AppliedSeq || (Gone && rows.States.GetValueOrDefault(Record) is { Foreign: true } state && state.NewestCell > now));
}
