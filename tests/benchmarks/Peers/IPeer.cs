namespace MyriadSync.Benchmarks.Peers;

/// <summary>A service that browsers' documents are synchronised through, from a client's side. Each connection is used by one caller at a time.</summary>
internal interface IPeer : IAsyncDisposable
{
    /// <summary>Its name in the table.</summary>
    string Name { get; }

    /// <summary>Begins with an empty database, and opens the connections.</summary>
    Task BeginAsync(string database, int connections, CancellationToken cancellationToken);

    /// <summary>Pushes documents, new ones or, where the connection pushed a key before, updates of it. Returns when they are safe.</summary>
    Task PushAsync(int connection, IReadOnlyList<(string Key, string Json)> documents, CancellationToken cancellationToken);

    /// <summary>Pulls everything from the beginning, 1,000 a page.</summary>
    /// <returns>Documents seen.</returns>
    Task<int> PullAsync(CancellationToken cancellationToken);

    /// <summary>Where the log ends.</summary>
    Task<string> EndAsync(CancellationToken cancellationToken);

    /// <summary>Waits until something follows a place in the log.</summary>
    Task WaitAsync(string since, CancellationToken cancellationToken);
}
