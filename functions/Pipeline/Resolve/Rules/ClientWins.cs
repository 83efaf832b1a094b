using MyriadSync.Contracts.Resolvers;

namespace MyriadSync.Pipeline.Resolve.Rules;

/// <summary>The edit that arrives stays.</summary>
internal sealed class ClientWins : IConflictResolver
{
    public ConflictDecision Resolve(ConcurrentEdit edit) => ConflictDecision.Take;
}
