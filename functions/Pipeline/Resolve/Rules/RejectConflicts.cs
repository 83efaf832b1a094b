using MyriadSync.Contracts.Resolvers;

namespace MyriadSync.Pipeline.Resolve.Rules;

/// <summary>The edit goes back to the client.</summary>
internal sealed class RejectConflicts : IConflictResolver
{
    public ConflictDecision Resolve(ConcurrentEdit edit) => edit.Kind == ConflictKind.CreationOverDeleted ? ConflictDecision.Take : ConflictDecision.Refuse;
}
