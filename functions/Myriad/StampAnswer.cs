namespace MyriadSync.Myriad;

/// <summary>The timestamps that the region servers gave to probe cells.</summary>
public sealed record StampAnswer
{
    /// <summary>What stood in the way, if anything; then there are no stamps.</summary>
    public StoreFault Fault { get; init; }

    /// <summary>One line for a log or an operator, without record content; null without a fault.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Milliseconds by row key. A row that was asked for and is missing here keeps its probe invisible: a delete marker with a timestamp
    /// in the cluster's future lies over it.
    /// </summary>
    public IReadOnlyDictionary<string, long> Stamps { get; init; } = NoStamps;

    private static IReadOnlyDictionary<string, long> NoStamps { get; } = new Dictionary<string, long>();
}
