using MyriadSync.Contracts.Stores;

namespace MyriadSync.ChangeLog;

/// <summary>
/// The change log of every dataset (DESIGN 4): ordered, gapless, committed by one transaction each. Every method may throw
/// <see cref="Contracts.StorageUnavailableException"/>; nothing is known then, and asking again is safe.
/// </summary>
internal interface IChangeLog
{
    /// <summary>Where the dataset's log ends; null before its first commit.</summary>
    Task<HeadRow?> ReadHeadAsync(string dataset, CancellationToken cancellationToken);

    /// <summary>How far the cluster is. Read it before the head, and the head before any row of the cluster.</summary>
    Task<AppliedRow> ReadAppliedAsync(string dataset, CancellationToken cancellationToken);

    /// <summary>
    /// Segments that follow <paramref name="after"/> without a gap, oldest first, until <paramref name="upTo"/> is covered or
    /// <paramref name="maxEntries"/> is reached. Null: the first one does not hold <paramref name="after"/> + 1, or one is missing:
    /// read the head again, retention may have passed by.
    /// </summary>
    Task<IReadOnlyList<Segment>?> ReadSegmentsAsync(string dataset, long after, long upTo, int maxEntries, CancellationToken cancellationToken);

    /// <summary>The client's row; null when it never committed.</summary>
    Task<ClientRow?> ReadClientAsync(string dataset, string clientId, CancellationToken cancellationToken);

    /// <summary>Outcomes rows that hold any of the seqs, in order. Those past retention are not there.</summary>
    Task<IReadOnlyList<OutcomesRow>> ReadOutcomesAsync(string dataset, string clientId, long firstSeq, long lastSeq, CancellationToken cancellationToken);

    /// <summary>Outcomes rows of one batch, in order; reads all rows that are kept of the client.</summary>
    Task<IReadOnlyList<OutcomesRow>> ReadBatchAsync(string dataset, string clientId, string batchId, CancellationToken cancellationToken);

    /// <summary>Every held record.</summary>
    Task<IReadOnlyList<HeldRow>> ReadHeldAsync(string dataset, CancellationToken cancellationToken);

    /// <summary>The mappings that a segment of the dataset was committed with; null: no segment names them.</summary>
    Task<MappingSet?> ReadMappingAsync(string dataset, string mapHash, CancellationToken cancellationToken);

    /// <summary>How a redrive or a resolution came out; null: none of this id was carried out, or it is no longer kept.</summary>
    Task<DoneRow?> ReadDoneAsync(string dataset, string id, CancellationToken cancellationToken);

    /// <summary>Commits. Safe to repeat with the same <see cref="Commit.CommitId"/>: a commit whose reply was lost is found again.</summary>
    Task<CommitAnswer> CommitAsync(string dataset, Commit commit, CancellationToken cancellationToken);

    /// <summary>
    /// Moves <c>applied</c> forward to <paramref name="seq"/> and holds and releases records: in the same transaction, or before it those that it has no room for.
    /// Null: the row moved meanwhile.
    /// </summary>
    Task<AppliedRow?> AdvanceAppliedAsync(
        string dataset, AppliedRow current, long seq, IReadOnlyList<HeldRow> hold, IReadOnlyList<Contracts.RecordId> release, CancellationToken cancellationToken);

    /// <summary>Every dataset that ever had a commit.</summary>
    IAsyncEnumerable<string> ReadDatasetsAsync(CancellationToken cancellationToken);

    /// <summary>Throws when storage does not answer.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
