namespace MyriadSync.Myriad;

/// <summary>A page of rows in byte order of their keys.</summary>
public sealed record ScanAnswer
{
    /// <summary>What stood in the way, if anything; then there are no rows.</summary>
    public StoreFault Fault { get; init; }

    /// <summary>One line for a log or an operator, without record content; null without a fault.</summary>
    public string? Reason { get; init; }

    /// <summary>Whole rows. There may be fewer than asked for although more follow: only <see cref="End"/> says that none do.</summary>
    public IReadOnlyList<Row> Rows { get; init; } = [];

    /// <summary>No row of the range lies behind the last one of <see cref="Rows"/>. Otherwise go on at <see cref="NextStart"/>.</summary>
    public bool End { get; init; }

    /// <summary>The start of the next page (inclusive); null at the end or after a fault.</summary>
    public string? NextStart { get; init; }
}
