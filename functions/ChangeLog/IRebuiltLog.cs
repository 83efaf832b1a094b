namespace MyriadSync.ChangeLog;

/// <summary>
/// What a rebuild may do to a log that was lost or restored from a copy, while no instance of the app runs. Every method may throw
/// <see cref="Contracts.StorageUnavailableException"/>; nothing is known then, and doing it again is safe.
/// </summary>
internal interface IRebuiltLog
{
    /// <summary>Last seq and timestamp (ms) of segments that are stored behind the head, as in a copy that was made while somebody committed; zeros: there are none.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="headSeq">The head's seq; 0 when there is no head.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<(long Seq, long CommitTs)> ReadBehindHeadAsync(string dataset, long headSeq, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that client ids were in use, for ever: whatever comes under one of them that has no row is told that the client is unknown, for it may have been
    /// taken before.
    /// </summary>
    Task NoteUsedAsync(string dataset, IReadOnlyCollection<string> clientIds, CancellationToken cancellationToken);

    /// <summary>Removes the rows of all clients and notes that their ids were in use: how far each of them got is not known any more.</summary>
    /// <returns>How many there were.</returns>
    Task<int> ForgetClientsAsync(string dataset, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the head of the new log, with nothing in it that could be read, and <c>applied</c> at the same seq; and has the dataset known. False: somebody
    /// else wrote one of the two rows since they were read.
    /// </summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="head">The head as it was read; null: there is none.</param>
    /// <param name="applied">The row as it was read.</param>
    /// <param name="next">The head to be; its ETag is not looked at.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<bool> BeginAnewAsync(string dataset, HeadRow? head, AppliedRow applied, HeadRow next, CancellationToken cancellationToken);
}
