using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>What a policy knows besides the record and the change.</summary>
internal sealed record ChangeContext
{
    /// <summary>Who made the change.</summary>
    public required string ClientId { get; init; }

    /// <summary>When the edit was made, clamped to the server's clock.</summary>
    public required HybridTime At { get; init; }

    /// <summary>HBase timestamp (ms) of the commit to come.</summary>
    public required long CommitTs { get; init; }

    /// <summary>What a record's value must keep to.</summary>
    public required ValueLimits Limits { get; init; }

    /// <summary>The client holds the record as it stands: its edit was made on just this state.</summary>
    public required bool ClientHolds { get; init; }

    /// <summary>
    /// The edit was made without knowledge of the state that it meets. Never true where that state is the client's own work: a client is not in
    /// conflict with itself.
    /// </summary>
    public required bool Concurrent { get; init; }

    /// <summary>The change wins, whatever stands against it: somebody has decided.</summary>
    public bool Force { get; init; }
}
