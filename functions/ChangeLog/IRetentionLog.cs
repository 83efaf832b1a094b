namespace MyriadSync.ChangeLog;

/// <summary>
/// What retention may do to a log. Nobody else takes anything out of it. Every method may throw
/// <see cref="Contracts.StorageUnavailableException"/>; nothing is known then, and doing it again is safe.
/// </summary>
internal interface IRetentionLog
{
    /// <summary>Some of the oldest segments that are stored, oldest first, whether a cursor may still name them or not. Empty: there are none.</summary>
    Task<IReadOnlyList<Segment>> ReadOldestAsync(string dataset, CancellationToken cancellationToken);

    /// <summary>From now on a cursor below <paramref name="oldestSeq"/> is gone. False: the head moved meanwhile, read it again.</summary>
    Task<bool> RaiseOldestAsync(string dataset, HeadRow head, long oldestSeq, CancellationToken cancellationToken);

    /// <summary>Removes segments; those that are gone already do not matter.</summary>
    Task DropSegmentsAsync(string dataset, IReadOnlyList<Segment> segments, CancellationToken cancellationToken);

    /// <summary>Removes the outcomes of batches that were settled before <paramref name="beforeMs"/> and lie at or below <paramref name="upToSeq"/>.</summary>
    /// <returns>Rows removed.</returns>
    Task<int> DropOutcomesAsync(string dataset, long upToSeq, long beforeMs, CancellationToken cancellationToken);
}
