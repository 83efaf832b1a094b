using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Pipeline.Resolve;

namespace MyriadSync.Orchestration.Stages;

/// <summary>Outcomes that are decided before a policy looks at the change. By seq.</summary>
internal static class Presets
{
    /// <summary>Reason of a change whose record fits no row.</summary>
    public const string RecordTooLarge = "record-too-large";

    /// <summary>Detail of what is parked because of a job's clock.</summary>
    public const string CellInFuture = "A cell of the record on the cluster has a timestamp more than a minute in the future: whoever wrote it has a wrong clock.";

    /// <summary>The batch is atomic and fits no single commit.</summary>
    public static Dictionary<long, ResolvedChange> AtomicTooLarge(IReadOnlyList<Change> changes) => changes.ToDictionary(
        change => change.Seq,
        change => Decided(change, Outcome.Rejected, "atomic-too-large", $"The records of an atomic batch may have {ChunkPlanner.MaxPostImageBytes} bytes together."));

    /// <summary>What else is decided; the first reason counts.</summary>
    /// <param name="changes">Changes still to commit.</param>
    /// <param name="tooLarge">Seqs whose record fits no row of the log.</param>
    /// <param name="unadoptable">Records that a job made so large that the log cannot take them over.</param>
    /// <param name="refused">Refused changes of the batch's earlier commits, by record. What follows one that is parked as a conflict is for its policy to say.</param>
    /// <param name="states">State of every record.</param>
    /// <param name="futureFrom">Cells with a later timestamp (ms) park the changes to their record.</param>
    public static Dictionary<long, ResolvedChange> Of(
        IReadOnlyList<Change> changes,
        IReadOnlySet<long> tooLarge,
        IReadOnlySet<RecordId> unadoptable,
        IReadOnlyDictionary<RecordId, StoredOutcome> refused,
        IReadOnlyDictionary<RecordId, RecordState> states,
        long futureFrom)
    {
        var decided = new Dictionary<long, ResolvedChange>();
        foreach (var change in changes.Where(change => change.Refusal is null))
        {
            var record = new RecordId(change.Store, change.Key);
            if (refused.TryGetValue(record, out var previous) && previous.ConflictId is null)
            {
                decided[change.Seq] = Decided(
                    change, previous.Outcome, BatchResolver.PredecessorRefused, FormattableString.Invariant($"Change {previous.Seq} to the same record was refused."));
            }
            else if (tooLarge.Contains(change.Seq))
            {
                decided[change.Seq] = Decided(change, Outcome.Rejected, RecordTooLarge, "The record with its fields' clocks fits no row of the log.");
            }
            else if (unadoptable.Contains(record))
            {
                decided[change.Seq] = Decided(change, Outcome.Poisoned, RecordTooLarge, "A job made the record so large that it fits no row of the log.");
            }
            else if (states[record].NewestCell > futureFrom)
            {
                decided[change.Seq] = Decided(
                    change,
                    Outcome.Poisoned,
                    WaitReasons.CellInFuture,
                    CellInFuture);
            }
        }

        return decided;
    }

    private static ResolvedChange Decided(Change change, Outcome outcome, string reason, string detail) =>
        new() { Change = change, Outcome = outcome, Reason = reason, Detail = detail };
}
