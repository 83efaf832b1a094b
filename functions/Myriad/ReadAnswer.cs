namespace MyriadSync.Myriad;

/// <summary>The rows that were asked for. Only without a fault does a missing key mean that there is no such row.</summary>
public sealed record ReadAnswer
{
    /// <summary>What stood in the way, if anything; then there are no rows.</summary>
    public StoreFault Fault { get; init; }

    /// <summary>One line for a log or an operator, without record content; null without a fault.</summary>
    public string? Reason { get; init; }

    /// <summary>The rows that exist, by key.</summary>
    public IReadOnlyDictionary<string, Row> Rows { get; init; } = EmptyRows;

    private static IReadOnlyDictionary<string, Row> EmptyRows { get; } = new Dictionary<string, Row>();
}
