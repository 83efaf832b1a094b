namespace MyriadSync.Contracts.Values;

/// <summary>Orders members by the UTF-16 code units of their names, as RFC 8785 does.</summary>
internal readonly struct MemberOrder(byte[] json) : IComparer<CanonicalMember>
{
    public int Compare(CanonicalMember x, CanonicalMember y)
    {
        if (x.Plain && y.Plain) return x.Name(json).SequenceCompareTo(y.Name(json));

        // Neither UTF-8 (above the surrogates) nor escapes sort as UTF-16 does. Such names are rare enough to be decoded each time.
        return string.CompareOrdinal(x.NameText(json), y.NameText(json));
    }
}
