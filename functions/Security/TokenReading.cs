namespace MyriadSync.Security;

/// <summary>What a token says, or why it does not hold.</summary>
public sealed record TokenReading
{
    /// <summary>Who calls; null when there is a fault.</summary>
    public Caller? Caller { get; init; }

    /// <summary>What is wrong.</summary>
    public TokenFault Fault { get; init; }

    /// <summary>The kind of error, for the log: a type name, nothing of the token.</summary>
    public string? Cause { get; init; }
}
