using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>
/// Takes a client whose clock runs ahead back to the server's: or its edits would win for as long as the clock was ahead. One client's order is
/// kept, because a clamped time is lifted above the one before it.
/// </summary>
internal sealed class ClockClamp(long serverMs, int aheadMs)
{
    private HybridTime? _last;

    /// <summary>The time that counts for an edit. Call in seq order.</summary>
    public HybridTime Clamp(HybridTime at)
    {
        var clamped = at.Milliseconds <= serverMs + aheadMs ? at : HybridTime.FromMilliseconds(serverMs, at.ClientId);
        if (_last is { } last && string.CompareOrdinal(clamped.ToString(), last.ToString()) <= 0)
        {
            clamped = HybridTime.After(last, at.ClientId);
        }

        _last = clamped;
        return clamped;
    }
}
