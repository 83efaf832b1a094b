namespace MyriadSync.Contracts.Resolvers;

/// <summary>How a concurrent edit is settled.</summary>
public enum Verdict
{
    /// <summary>The change wins as a whole. A patch never brings a deleted record back, having only a part of it: it is kept out all the same.</summary>
    Take,

    /// <summary>The record in effect stays.</summary>
    Keep,

    /// <summary>Each field by itself, the later edit of it wins. Where a deletion is part of it, as <see cref="Take"/>.</summary>
    Merge,

    /// <summary>The client has to make its edit anew.</summary>
    Refuse,

    /// <summary>A person decides; the record in effect stays until then.</summary>
    Park,

    /// <summary>A value of the resolver's own becomes the record.</summary>
    Replace,
}
