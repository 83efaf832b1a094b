using MyriadSync.Contracts.Resolvers;

namespace MyriadSync.Pipeline.Resolve.Rules;

/// <summary>A person decides.</summary>
internal sealed class ParkConflicts : IConflictResolver
{
    public ConflictDecision Resolve(ConcurrentEdit edit) => edit.Kind == ConflictKind.CreationOverDeleted ? ConflictDecision.Take : ConflictDecision.Park;
}
