using System.Globalization;
using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>One record while a batch is being resolved.</summary>
internal sealed class RecordWork
{
    private bool _refreshed;

    public RecordWork(RecordId record, RecordState before) => (Record, Before, Current) = (record, before, before);

    public RecordId Record { get; }

    public RecordState Before { get; }

    public RecordState Current { get; private set; }

    /// <summary>Whether the client's copy is <see cref="Current"/>; null before its first change.</summary>
    public bool? ClientHolds { get; private set; }

    /// <summary>The change that could not go in, once there is one: what was built on it shares its fate.</summary>
    public ResolvedChange? Refused { get; private set; }

    /// <summary>A change of the client's is in conflict: so is what was built on it, but for what adds up.</summary>
    public bool InConflict { get; private set; }

    /// <summary>The record came out other than it went in, tombstones that nobody would miss left aside.</summary>
    public bool HasEffect => _refreshed || !Equals(Current.Value, Before.Value);

    /// <summary>The record as parked changes would have left it; null: none is parked.</summary>
    public RecordState? Ours { get; private set; }

    public ResolvedChange Take(Resolution resolution, Change change, bool clientHeld, long index)
    {
        var met = Current;
        Current = resolution.Next;
        ClientHolds = resolution.Outcome == Outcome.Applied && (change.Op != ChangeOp.Patch || clientHeld);
        _refreshed |= resolution.Refreshed;
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
        InConflict |= resolution.Outcome == Outcome.Conflict;
        Refused ??= resolution.Outcome is Outcome.Rejected or Outcome.Poisoned ? resolved : null;
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
