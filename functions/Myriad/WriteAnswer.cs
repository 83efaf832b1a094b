namespace MyriadSync.Myriad;

/// <summary>
/// The outcome of a write. Without a fault every row is stored, but for those in <see cref="Refused"/>. With a fault some rows may be stored
/// and others not: the whole write is to be repeated, which the explicit timestamps make harmless.
/// </summary>
public sealed record WriteAnswer
{
    /// <summary>The outcome of everything that went well.</summary>
    public static WriteAnswer Ok { get; } = new();

    /// <summary>What stood in the way, if anything.</summary>
    public StoreFault Fault { get; init; }

    /// <summary>One line for a log or an operator, without record content; null without a fault.</summary>
    public string? Reason { get; init; }

    /// <summary>Rows that the store refuses for good; each named once. Empty after a fault.</summary>
    public IReadOnlyList<RefusedRow> Refused { get; init; } = [];
}
