using MyriadSync.Contracts;

namespace MyriadSync.Poison;

/// <summary>A row that a job left in a state that its store cannot read, or must not have.</summary>
internal sealed record BadRow
{
    /// <summary>Whose row.</summary>
    public required RecordId Record { get; init; }

    /// <summary>Newest timestamp (ms) of its cells: with the record it names this state of the row.</summary>
    public required long NewestCell { get; init; }

    /// <summary>Stable code of what is wrong.</summary>
    public required string Reason { get; init; }

    /// <summary>Column and encoding, for people; no content.</summary>
    public required string Detail { get; init; }

    /// <summary>The row as JSON, for an operator to look at.</summary>
    public required ReadOnlyMemory<byte> Item { get; init; }
}
