using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>A change with its outcome, before it has a rev.</summary>
internal sealed record ResolvedChange
{
    /// <summary>The change.</summary>
    public required Change Change { get; init; }

    /// <summary>Its outcome.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The record; null when the change was refused before it had one.</summary>
    public RecordId? Record { get; init; }

    /// <summary>JSON Pointer into the request body.</summary>
    public string? Pointer { get; init; }

    /// <summary>Stable code of why.</summary>
    public string? Reason { get; init; }

    /// <summary>The same for people.</summary>
    public string? Detail { get; init; }
}
