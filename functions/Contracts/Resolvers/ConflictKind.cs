namespace MyriadSync.Contracts.Resolvers;

/// <summary>What met what.</summary>
public enum ConflictKind
{
    /// <summary>A put or a patch meets a record that somebody else changed.</summary>
    EditOfChanged,

    /// <summary>A put or a patch meets a deletion that it does not know of, maybe one so old that nothing of it is left (then the rev is 0).</summary>
    EditOfDeleted,

    /// <summary>A put or a patch of what its client takes for a new record meets a deletion.</summary>
    CreationOverDeleted,

    /// <summary>A delete meets a record that somebody else changed.</summary>
    DeletionOfChanged,
}
