namespace MyriadSync.MyriadEmulator.Faults;

/// <summary>What is to become of a request that was held.</summary>
internal sealed record GateDecision
{
    public bool DropsReply { get; init; }

    /// <summary>The error to answer with; null to go on.</summary>
    public int? Status { get; init; }

    public string Body { get; init; } = "";
}
