namespace MyriadSync.Contracts.Wire;

/// <summary>
/// The stable reason codes of a batch's envelope and of changes, beside those of keys and values (<see cref="RefusalReasons"/>). They are wire format:
/// never rename one.
/// </summary>
public static class WireReasons
{
    /// <summary>Envelope: not JSON.</summary>
    public const string NotJson = "not-json";

    /// <summary>Envelope: something that must be an object is none.</summary>
    public const string NotAnObject = "not-an-object";

    /// <summary>Something has another JSON type than the documented one, or is out of its range or alphabet.</summary>
    public const string Invalid = "invalid";

    /// <summary>A required member is missing.</summary>
    public const string Missing = "missing";

    /// <summary>A member that is not in the documentation: probably a typo.</summary>
    public const string UnknownMember = "unknown-member";

    /// <summary>Envelope: the list of changes is empty.</summary>
    public const string NoChanges = "no-changes";

    /// <summary>Envelope: more changes than a batch may have.</summary>
    public const string TooManyChanges = "too-many-changes";

    /// <summary>Envelope: a seq does not follow the one before it.</summary>
    public const string SeqOrder = "seq-order";

    /// <summary>Change: <c>op</c> is none that is known.</summary>
    public const string UnknownOp = "unknown-op";

    /// <summary>Change: the store's name is out of its alphabet.</summary>
    public const string InvalidStore = "invalid-store";

    /// <summary>Change: <c>base</c> is no revision.</summary>
    public const string InvalidBase = "invalid-base";

    /// <summary>Change: <c>at</c> is missing.</summary>
    public const string AtMissing = "at-missing";

    /// <summary>Change: <c>at</c> is not a hybrid time.</summary>
    public const string AtMalformed = "at-malformed";

    /// <summary>Change: <c>at</c> names another client than the batch.</summary>
    public const string AtOfAnotherClient = "at-of-another-client";

    /// <summary>Change: a member that does not go with its <c>op</c>.</summary>
    public const string UnexpectedMember = "unexpected-member";

    /// <summary>Change: a patch without anything to do.</summary>
    public const string PatchEmpty = "patch-empty";

    /// <summary>Change: two verbs of a patch address the same place, or one a place within the other's.</summary>
    public const string PointersOverlap = "pointers-overlap";

    /// <summary>Change: a patch adds and removes the same element.</summary>
    public const string AddedAndRemoved = "added-and-removed";
}
