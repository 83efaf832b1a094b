using MyriadSync.Contracts;

namespace MyriadSync.ChangeLog;

/// <summary>Row <c>held|{store}|{key}</c>: the committed state of a record whose row the cluster refuses for good.</summary>
internal sealed record HeldRow
{
    /// <summary>The record's state. <see cref="LogEntry.Removed"/> names every column whose delete the cluster may have refused, and that has not come back since.</summary>
    public required LogEntry Entry { get; init; }

    /// <summary>The cluster's reason.</summary>
    public required string Reason { get; init; }

    /// <summary>The poison entry about it: the same for as long as the record is held, whatever edits follow.</summary>
    public required string PoisonId { get; init; }

    /// <summary>True: a delete of the whole record is among what the cluster did not take; a later state has to clear the row first.</summary>
    public bool Cleared { get; init; }

    /// <summary>True: an operator's redrive was refused again. Not stored.</summary>
    public bool Redriven { get; init; }

    /// <summary>When it is released: who brought that about, a user or <c>myriad</c>. Not stored.</summary>
    public string ReleasedBy { get; init; } = "";

    /// <summary>W3C trace context of the push. Not stored.</summary>
    public string TraceParent { get; init; } = "";

    /// <summary>Which record.</summary>
    public RecordId Record => new(Entry.Store, Entry.Key);

    /// <summary>True: the record is held already, in an older state. Not stored.</summary>
    public bool Replaces { get; init; }
}
