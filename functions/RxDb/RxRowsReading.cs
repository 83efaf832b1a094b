namespace MyriadSync.RxDb;

/// <summary>The rows of a push, or why the whole of it cannot be read.</summary>
internal sealed record RxRowsReading
{
    /// <summary>One row a document; of several for one, the first's assumption and the last's state.</summary>
    public IReadOnlyList<RxRow> Rows { get; init; } = [];

    /// <summary>What is wrong, for people; null: nothing.</summary>
    public string? Error { get; init; }

    /// <summary>There are more rows than a push may have.</summary>
    public bool TooMany { get; init; }
}
