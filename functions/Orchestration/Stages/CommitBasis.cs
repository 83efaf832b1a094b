using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.Orchestration.Stages;

/// <summary>What a commit stands on: the state of every record that it touches, and the timestamp that it has. Pure.</summary>
internal sealed record CommitBasis
{
    /// <summary>Cells further (ms) in the cluster's future than this park the changes to their record; nearer ones make the commit wait.</summary>
    public const long MaxFutureMs = 60_000;

    /// <summary>The rows are too old: fetch again.</summary>
    public bool FetchAgain { get; private init; }

    /// <summary>The cluster shows a commit that the window does not: it is old.</summary>
    public bool Refresh { get; private init; }

    /// <summary>Why to wait before trying again.</summary>
    public string? WaitReason { get; private init; }

    /// <summary>State by record; complete only when none of the above is set.</summary>
    public Dictionary<RecordId, RecordState> States { get; private init; } = [];

    /// <summary>HBase timestamp (ms) of the commit.</summary>
    public long CommitTs { get; init; }

    /// <summary>Cells later (ms) than this park the changes to their record.</summary>
    public long FutureFrom { get; private init; }

    /// <summary>Records that a job changed: they come into the log first.</summary>
    public IReadOnlyList<KeyValuePair<RecordId, RecordState>> Foreign { get; init; } = [];

    /// <summary>Puts rows and log together.</summary>
    /// <param name="window">The log; the caller holds its commit gate.</param>
    /// <param name="rows">Rows of the records that the log did not know better.</param>
    /// <param name="records">The records, repeats allowed.</param>
    /// <param name="now">The cluster's clock, ms.</param>
    /// <param name="versions">Lifts what was stored in an older schema version.</param>
    public static CommitBasis Of(LogWindow window, FetchedRows rows, IEnumerable<RecordId> records, long now, ISchemaVersions versions)
    {
        if (rows.Epoch is not null && rows.Epoch != window.Head?.Epoch)
        {
            return new CommitBasis { FetchAgain = true };
        }

        var states = new Dictionary<RecordId, RecordState>();
        foreach (var record in records)
        {
            if (RecordStates.Of(window, record, rows.States.GetValueOrDefault(record), rows.AppliedSeq) is not { } state)
            {
                return new CommitBasis { FetchAgain = true };
            }

            states[record] = versions.Lift(record.Store, state);
        }

        if (states.Values.Any(state => state.Rev > window.HeadSeq))
        {
            return new CommitBasis { Refresh = true };
        }

        // The last commit may have been made by an instance whose idea of the cluster's clock is ahead of this one's: its cells are no job's from the future.
        var reached = Math.Max(now, window.Head?.LastTs ?? 0);
        return states.Values.Any(state => state.NewestCell > reached && state.NewestCell <= reached + MaxFutureMs)
            ? new CommitBasis { WaitReason = WaitReasons.CellInFuture }
            : new CommitBasis
            {
                States = states,
                FutureFrom = reached + MaxFutureMs,
                CommitTs = Math.Max(
                    Math.Max((window.Head?.LastTs ?? 0) + 1, now),
                    states.Values.Where(state => state.NewestCell <= reached).Select(state => state.NewestCell + 1).DefaultIfEmpty().Max()),
                Foreign = [.. states.Where(pair => pair.Value is { Foreign: true } state && state.NewestCell <= reached)],
            };
    }
}
