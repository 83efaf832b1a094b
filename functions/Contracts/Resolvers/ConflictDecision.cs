using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts.Resolvers;

/// <summary>What a resolver decides.</summary>
public sealed record ConflictDecision
{
    private ConflictDecision(Verdict verdict) => Verdict = verdict;

    /// <summary>The change wins.</summary>
    public static ConflictDecision Take { get; } = new(Verdict.Take);

    /// <summary>The record in effect stays.</summary>
    public static ConflictDecision Keep { get; } = new(Verdict.Keep);

    /// <summary>Field by field.</summary>
    public static ConflictDecision Merge { get; } = new(Verdict.Merge);

    /// <summary>Back to the client.</summary>
    public static ConflictDecision Refuse { get; } = new(Verdict.Refuse);

    /// <summary>Left to a person.</summary>
    public static ConflictDecision Park { get; } = new(Verdict.Park);

    /// <summary>The kind of decision.</summary>
    public Verdict Verdict { get; }

    /// <summary>With <see cref="Verdict.Replace"/>: the record from now on; null: it is deleted.</summary>
    public RecordValue? Value { get; private init; }

    /// <summary>Makes the record a value of the resolver's own; null deletes it.</summary>
    public static ConflictDecision Replace(RecordValue? value) => new(Verdict.Replace) { Value = value };
}
