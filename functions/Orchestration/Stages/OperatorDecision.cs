using MyriadSync.ChangeLog;
using MyriadSync.Contracts;

namespace MyriadSync.Orchestration.Stages;

/// <summary>What a request comes to on one state of the log.</summary>
internal sealed record OperatorDecision
{
    /// <summary>Why nothing is to be committed; null: commit.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>What changes: state before and after. Empty: only the fact that it is done is committed.</summary>
    public IReadOnlyList<(RecordId Record, RecordState Before, RecordState After)> Effects { get; init; } = [];

    /// <summary>What is stored of it; its id is the request's, and its rev is set by the commit.</summary>
    public DoneRow? Done { get; init; }

    /// <summary>A decision not to commit.</summary>
    public static OperatorDecision Refuse(string reason, string detail) => new() { Refusal = new Refusal(reason, "", detail) };
}
