using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>
/// What an edit was made in knowledge of: everything up to its base, and all that its own client did. Edits that were queued before the answer to the first
/// of them still name the older base, so a client is never in conflict with itself.
/// </summary>
/// <param name="ClientId">Whose edits are known; empty: only what the base says counts.</param>
/// <param name="Base">The newest revision that was known.</param>
internal readonly record struct Knowledge(string ClientId, long Base)
{
    /// <summary>The knowledge of a change.</summary>
    public static Knowledge Of(Change change, ChangeContext context) => context switch
    {
        { Settings.Force: true } or { ClientHolds: true } => new(context.Settings.ClientId, long.MaxValue),
        { Settings.OutOfOrder: true } => new("", change.Base ?? 0),
        _ => new(context.Settings.ClientId, change.Base ?? 0),
    };

    /// <summary>What a forced change knows of counters and sets: no more than when it was made, so that what others counted since is not undone.</summary>
    public static Knowledge OfSums(Change change, ChangeContext context) => new(context.Settings.ClientId, change.Base ?? 0);

    /// <summary>Somebody else wrote the place since.</summary>
    public bool Misses(FieldClock clock) => clock.RevByOthers(ClientId) > Base;

    /// <summary>Somebody else added the element since.</summary>
    public bool Misses(ElementTag tag) => tag.Unseen(ClientId, Base).Any();

    /// <summary>An element's tag after the edit added it once more.</summary>
    public ElementTag Joined(ElementTag tag, string author) => tag.Joined(author, ClientId, Base);

    /// <summary>What of an element's tag is left when the edit takes the element away; null: nothing, it goes.</summary>
    public ElementTag? Left(ElementTag tag) => tag.Unseen(ClientId, Base).ToList() is { Count: > 0 } left ? new ElementTag(left) : null;
}
