using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts;

/// <summary>The record as it stands, given to a client whose change is not, or not alone, what stands. <see cref="Value"/> null: there is none.</summary>
public sealed record RecordInEffect
{
    /// <summary>Its revision; 0 when the record never was.</summary>
    public required long Rev { get; init; }

    /// <summary>Its value, or null when it is deleted or never was.</summary>
    public RecordValue? Value { get; init; }

    /// <summary>Hybrid time of the edit in effect; empty when unknown.</summary>
    public string At { get; init; } = "";

    /// <summary>Client id of who made it, or <c>myriad</c>; empty when unknown.</summary>
    public string By { get; init; } = "";
}
