namespace MyriadSync.Contracts.Resolvers;

/// <summary>
/// Settles edits of a record that were made without knowledge of each other. The built-in policies are resolvers like any other; an app registers its own by
/// name (<c>AddConflictResolver</c>), and a store file names it.
/// </summary>
/// <remarks>
/// Pure: the same edit gives the same decision, and nothing else is read or touched; a commit that lost a race asks again. Called only when there is something
/// to settle: not for edits in knowledge of the record, not for ones that change nothing, and not for what adds up (counters, sets), which has taken effect
/// already. One that throws parks the change as <c>poisoned</c>; its neighbours go on.
/// </remarks>
public interface IConflictResolver
{
    /// <summary>Decides about one change.</summary>
    ConflictDecision Resolve(ConcurrentEdit edit);
}
