namespace MyriadSync.ChangeLog;

/// <summary>
/// Lets a dataset's log begin anew: who knew it before is told to load a snapshot. For what comes to the records past the log, such as more rows than it should
/// hold. May throw <see cref="Contracts.StorageUnavailableException"/>; asking again is safe.
/// </summary>
internal interface IEpochs
{
    /// <summary>Gives the log a new epoch, in which nothing up to its head can be read. Seqs and timestamps go on. Null: the head moved; read it again.</summary>
    Task<HeadRow?> RenewAsync(string dataset, HeadRow head, string epoch, CancellationToken cancellationToken);
}
