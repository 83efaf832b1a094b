namespace MyriadSync.Contracts;

/// <summary>When, and by whom, a place in a record was last written.</summary>
/// <param name="Timestamp">The HBase timestamp (ms) at which sync wrote it or took it over.</param>
/// <param name="At">The hybrid time of the edit: its end names the author. Empty: unknown.</param>
/// <param name="Rev">The revision that wrote it; 0: unknown, as in rows of old, <see cref="ThisCommit"/> while it is being made.</param>
/// <param name="OtherRev">Where edits add up (a counter, a set): the newest revision by anybody but the author, 0 for none. Otherwise 0.</param>
public readonly record struct FieldClock(long Timestamp, string At, long Rev = 0, long OtherRev = 0)
{
    /// <summary>The revision of the commit that is being made: it has no number yet.</summary>
    public const long ThisCommit = long.MaxValue;

    private const int ClockLength = 16;

    /// <summary>Who wrote it: a client id, or <c>myriad</c>.</summary>
    public ReadOnlySpan<char> Author => At.Length > ClockLength ? At.AsSpan(ClockLength) : default;

    /// <summary>The newest revision that somebody else than this client gave the place.</summary>
    public long RevByOthers(string clientId) => Author.SequenceEqual(clientId) ? OtherRev : Rev;

    /// <summary>The clock after one more edit that adds to what is there instead of replacing it.</summary>
    public FieldClock Joined(long timestamp, HybridTime at) =>
        new(timestamp, at.ToString(), ThisCommit, Author.SequenceEqual(at.ClientId) ? OtherRev : Rev);
}
