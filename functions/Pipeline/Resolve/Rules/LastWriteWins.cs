using MyriadSync.Contracts.Resolvers;

namespace MyriadSync.Pipeline.Resolve.Rules;

/// <summary>The edit with the later hybrid time stays as a whole, a deletion like any other.</summary>
internal sealed class LastWriteWins : IConflictResolver
{
    public ConflictDecision Resolve(ConcurrentEdit edit) =>
        string.CompareOrdinal(edit.At.ToString(), edit.NewestUnseen) > 0 ? ConflictDecision.Take : ConflictDecision.Keep;
}
