namespace Microsoft.DurableTask;

/// <summary>A page of a collection.</summary>
public sealed class Page<T>(IReadOnlyList<T> values, string? continuationToken = null)
    where T : notnull
{
    /// <summary>The items.</summary>
    public IReadOnlyList<T> Values { get; } = values;

    /// <summary>Where the next page begins; null if this is the last.</summary>
    public string? ContinuationToken { get; } = continuationToken;
}
