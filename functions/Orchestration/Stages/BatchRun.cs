using MyriadSync.ChangeLog;
using MyriadSync.Contracts;

namespace MyriadSync.Orchestration.Stages;

/// <summary>A batch on its way into the log, and what its earlier commits taught.</summary>
internal sealed class BatchRun
{
    public required string Dataset { get; init; }

    public required string Sub { get; init; }

    public required Batch Batch { get; init; }

    public required FetchedRows Rows { get; init; }

    public required string TraceParent { get; init; }

    /// <summary>The client's row as it was read last; null: there is none.</summary>
    public required ClientRow? Client { get; set; }

    /// <summary>Outcomes up to this client seq are this batch's own, or were compared with it.</summary>
    public required long CheckedUpTo { get; set; }

    /// <summary>Changes that one commit takes at most.</summary>
    public int ChunkLimit { get; set; } = int.MaxValue;

    /// <summary>Records of jobs that one commit takes over at most.</summary>
    public int AdoptLimit { get; set; } = int.MaxValue;

    /// <summary>Seqs of changes whose record fits no row.</summary>
    public HashSet<long> TooLarge { get; } = [];

    /// <summary>Records that a job made so large that they fit no row of the log.</summary>
    public HashSet<RecordId> Unadoptable { get; } = [];

    /// <summary>Outcomes of this batch's earlier commits that went against a record: later changes to it were made on top of them.</summary>
    public Dictionary<RecordId, StoredOutcome> Refused { get; } = [];

    /// <summary>The outcomes rows written in this run.</summary>
    public List<OutcomesRow> Written { get; } = [];

    /// <summary>The changes that have no outcome yet.</summary>
    public List<Change> Remaining => [.. Batch.Changes.Skip((int)((Client?.LastClientSeq ?? 0) + 1 - Batch.FirstSeq))];

    /// <summary>Takes over the outcomes of a commit of this batch.</summary>
    public void Note(OutcomesRow row)
    {
        foreach (var outcome in row.Outcomes.Where(outcome => outcome.Outcome is Outcome.Rejected or Outcome.Conflict or Outcome.Poisoned && outcome.Record is not null))
        {
            Refused.TryAdd(outcome.Record!.Value, outcome);
        }
    }
}
