using MyriadSync.Contracts.Resolvers;

namespace MyriadSync.Pipeline.Resolve.Rules;

/// <summary>The record in effect stays. A creation is none against a deletion: there is no record that it could be in conflict with.</summary>
internal sealed class ServerWins : IConflictResolver
{
    public ConflictDecision Resolve(ConcurrentEdit edit) => edit.Kind == ConflictKind.CreationOverDeleted ? ConflictDecision.Take : ConflictDecision.Keep;
}
