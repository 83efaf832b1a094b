namespace MyriadSync.Myriad;

/// <summary>The outcome of an operation that returns nothing.</summary>
public sealed record StoreAnswer
{
    /// <summary>The outcome of everything that went well.</summary>
    public static StoreAnswer Ok { get; } = new();

    /// <summary>What stood in the way, if anything.</summary>
    public StoreFault Fault { get; init; }

    /// <summary>One line for a log or an operator, without record content; null without a fault.</summary>
    public string? Reason { get; init; }
}
