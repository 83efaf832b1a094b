namespace MyriadSync.Contracts;

/// <summary>A record with what is known about it.</summary>
public sealed record RecordView
{
    /// <summary>Its state; rev 0 and no value: it never was.</summary>
    public required RecordInEffect Record { get; init; }

    /// <summary>The user whose client made the edit in effect; null when unknown.</summary>
    public string? Sub { get; init; }

    /// <summary>True: committed, and not yet on the cluster.</summary>
    public bool Pending { get; init; }

    /// <summary>Why the cluster refuses it for good; null when it does not.</summary>
    public string? Held { get; init; }
}
