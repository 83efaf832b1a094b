namespace MyriadSync.Contracts;

/// <summary>Reads a dataset's log for pulling clients. Never touches the cluster.</summary>
public interface IChangeFeed
{
    /// <summary>A page of entries after <paramref name="since"/>.</summary>
    /// <param name="dataset">A valid dataset name.</param>
    /// <param name="since">Where to go on from; null: the beginning.</param>
    /// <param name="limit">Entries wanted; a page is full whenever more exists, and longer only to keep an atomic commit whole.</param>
    /// <param name="scope">Which entries: a filter scans on, so that a page is full all the same.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<FeedPage> ReadAsync(string dataset, Cursor? since, int limit, ReadScope scope, CancellationToken cancellationToken);

    /// <summary>Returns when the log has gone beyond <paramref name="since"/>, or its epoch is another, or the time is over.</summary>
    Task WaitAsync(string dataset, Cursor since, TimeSpan atMost, CancellationToken cancellationToken);
}
