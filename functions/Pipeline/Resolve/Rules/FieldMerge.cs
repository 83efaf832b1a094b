using MyriadSync.Contracts.Resolvers;

namespace MyriadSync.Pipeline.Resolve.Rules;

/// <summary>
/// Each field is settled by its own clock. A deletion wins over edits that did not know it, whichever comes first: an offline edit never brings a record back
/// unasked, and its author is told. Who wants it back puts it on top of the tombstone, in knowledge of it.
/// </summary>
internal sealed class FieldMerge : IConflictResolver
{
    public ConflictDecision Resolve(ConcurrentEdit edit) => edit.Kind switch
    {
        ConflictKind.EditOfChanged => ConflictDecision.Merge,
        ConflictKind.EditOfDeleted => ConflictDecision.Keep,
        _ => ConflictDecision.Take,
    };
}
