using System.Globalization;
using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>One record while a batch is being resolved.</summary>
internal sealed class RecordWork
{
    public RecordWork(RecordId record, RecordState before) => (Record, Before, Current) = (record, before, before);

    public RecordId Record { get; }

    public RecordState Before { get; }

    public RecordState Current { get; private set; }

    /// <summary>Whether the client's copy is <see cref="Current"/>; null before its first change.</summary>
    public bool? ClientHolds { get; private set; }

    /// <summary>The refused change, once there is one: what was built on it shares its fate.</summary>
    public ResolvedChange? Refused { get; private set; }

    /// <summary>The record came out other than it went in, tombstones that nobody would miss left aside.</summary>
    public bool HasEffect => !Equals(Current.Value, Before.Value);

    /// <summary>The record as parked changes would have left it; null: none is parked.</summary>
    public RecordState? Ours { get; private set; }

    public ResolvedChange Take(Resolution resolution, Change change, bool clientHeld, long index)
    {
        var met = Current;
        Current = resolution.Next;
        ClientHolds = resolution.Outcome switch
        {
            Outcome.Applied => change.Op != ChangeOp.Patch || clientHeld,
            _ => false,
        };
        var resolved = new ResolvedChange
        {
            Change = change,
            Outcome = resolution.Outcome,
            Record = Record,
            Pointer = resolution.Pointer is null ? null : string.Create(CultureInfo.InvariantCulture, $"/changes/{index}{resolution.Pointer}"),
            Reason = resolution.Reason,
            Detail = resolution.Detail,
            Parked = resolution.Parked,
            Ours = resolution.Ours,
            Theirs = resolution.Parked is null ? null : met,
        };
        Ours = resolution.Ours ?? Ours;
        Refused ??= resolution.Refused ? resolved : null;
        return resolved;
    }

    /// <summary>Takes an outcome that was decided elsewhere.</summary>
    public ResolvedChange Note(ResolvedChange decided)
    {
        Refused ??= decided;
        ClientHolds = false;
        return decided with { Record = Record };
    }
}
