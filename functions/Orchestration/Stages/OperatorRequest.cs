using MyriadSync.ChangeLog;
using MyriadSync.Contracts;

namespace MyriadSync.Orchestration.Stages;

/// <summary>What an operator, or a person who settles a conflict, wants committed: something about one record, once.</summary>
internal sealed record OperatorRequest
{
    /// <summary>The record.</summary>
    public required RecordId Record { get; init; }

    /// <summary>There is reason to believe that the record exists: its absence is to be confirmed.</summary>
    public bool Expected { get; init; } = true;

    /// <summary>Id of the <see cref="DoneRow"/>: the same in every try, so that it is carried out once.</summary>
    public required string DoneId { get; init; }

    /// <summary>The entries' cause: id of the poison entry or the conflict.</summary>
    public required string Cause { get; init; }

    /// <summary>Who asked.</summary>
    public required string Sub { get; init; }

    /// <summary>W3C trace context.</summary>
    public string TraceParent { get; init; } = "";

    /// <summary>True: taking over what a job wrote is all that is wanted. <see cref="Decide"/> is asked when there is nothing to take over.</summary>
    public bool Adopts { get; init; }

    /// <summary>Decides on the log as it stands; the commit gate is held. Pure: it is asked again whenever the log moved.</summary>
    public required Func<LogWindow, CommitBasis, OperatorDecision> Decide { get; init; }
}
