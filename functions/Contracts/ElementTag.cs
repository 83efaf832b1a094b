namespace MyriadSync.Contracts;

/// <summary>
/// Who added an element of a set, and when: adds that were made in ignorance of each other, one per author. Whoever takes the element away takes those that he
/// knew; as long as one is left, the element stays.
/// </summary>
/// <param name="Adds">By revision (<see cref="FieldClock.ThisCommit"/> while it is being made) and client id; at least one.</param>
public sealed record ElementTag(IReadOnlyList<(long Rev, string Author)> Adds)
{
    /// <summary>The tag of elements that came with a field's assignment.</summary>
    public static ElementTag Of(FieldClock clock) => new([(clock.Rev, clock.Author.ToString())]);

    /// <summary>The tag of an element that was not there.</summary>
    public static ElementTag New(string author) => new([(FieldClock.ThisCommit, author)]);

    /// <summary>The adds that an edit does not know.</summary>
    /// <param name="clientId">Whose edit: it knows what its own client did.</param>
    /// <param name="knownRev">The newest revision that it knows.</param>
    public IEnumerable<(long Rev, string Author)> Unseen(string clientId, long knownRev) => Adds.Where(add => add.Author != clientId && add.Rev > knownRev);

    /// <summary>The tag after one more add, which stands for all those that it knows: whoever knows it knows them.</summary>
    public ElementTag Joined(string author, string clientId, long knownRev) => new([.. Unseen(clientId, knownRev).Where(add => add.Author != author), (FieldClock.ThisCommit, author)]);

    /// <inheritdoc/>
    public bool Equals(ElementTag? other) => other is not null && Adds.SequenceEqual(other.Adds);

    /// <inheritdoc/>
    public override int GetHashCode() => Adds.Count > 0 ? Adds[0].GetHashCode() : 0;
}
