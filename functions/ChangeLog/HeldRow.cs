using MyriadSync.Contracts;

namespace MyriadSync.ChangeLog;

/// <summary>Row <c>held|{store}|{key}</c>: the committed state of a record whose row the cluster refuses for good.</summary>
internal sealed record HeldRow
{
    /// <summary>The record's state.</summary>
    public required LogEntry Entry { get; init; }

    /// <summary>The cluster's reason.</summary>
    public required string Reason { get; init; }

    /// <summary>The poison entry about it: the same for as long as the record is held, whatever edits follow.</summary>
    public required string PoisonId { get; init; }

    /// <summary>True: the record is held already, in an older state. Not stored.</summary>
    public bool Replaces { get; init; }
}
