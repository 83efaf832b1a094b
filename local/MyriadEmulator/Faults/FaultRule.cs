namespace MyriadSync.MyriadEmulator.Faults;

/// <summary>A fault for some requests. Rules are tried in their order; after a delay the next ones still count.</summary>
public sealed record FaultRule
{
    /// <summary>What happens to the request.</summary>
    public required FaultAction Action { get; init; }

    /// <summary>Only requests to this API; null for both.</summary>
    public EmulatorSide? Side { get; init; }

    /// <summary>Only this HTTP method; null for any.</summary>
    public string? Method { get; init; }

    /// <summary>A regular expression that the path with its query, as sent, has to match somewhere; null for any.</summary>
    public string? Path { get; init; }

    /// <summary>Milliseconds, for <see cref="FaultAction.Delay"/>.</summary>
    public int DelayMs { get; init; }

    /// <summary>The status of <see cref="FaultAction.Answer"/> and <see cref="FaultAction.PartialWrite"/>.</summary>
    public int Status { get; init; } = 503;

    /// <summary>The body of the two, plain text.</summary>
    public string Body { get; init; } = "Unavailable\r\n";

    /// <summary>So many matching requests go by unharmed first.</summary>
    public int Skip { get; init; }

    /// <summary>Of the rest, every so many-th is hit: 1 for each.</summary>
    public int Every { get; init; } = 1;

    /// <summary>At most so many are hit; null for no end.</summary>
    public int? Times { get; init; }
}
