using System.Buffers;
using System.Globalization;
using MyriadSync.Contracts.Keys;

namespace MyriadSync.Contracts;

/// <summary>
/// A reading of a hybrid logical clock, <c>at</c> on the wire: 12 lower-case hex digits of Unix milliseconds, 4 of counter, then the client id, without
/// separators. Its order is the ordinal order of the text, which is a total order over all clients.
/// </summary>
public readonly struct HybridTime : IEquatable<HybridTime>, IComparable<HybridTime>
{
    /// <summary>The latest time that 12 hex digits can hold, in Unix milliseconds (the year 10889).</summary>
    public const long MaxMilliseconds = (1L << 48) - 1;

    private const int ClockLength = 16;
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    // Milliseconds in the upper 48 bits, counter in the lower 16: ordered as the text is.
    private readonly ulong _clock;
    private readonly string? _clientId;

    private HybridTime(ulong clock, string clientId)
    {
        _clock = clock;
        _clientId = clientId;
    }

    /// <summary>Unix time in milliseconds, 0 to <see cref="MaxMilliseconds"/>.</summary>
    public long Milliseconds => (long)(_clock >> 16);

    /// <summary>Orders readings of one millisecond, 0 to 65,535.</summary>
    public int Counter => (int)(_clock & 0xFFFF);

    /// <summary>Who read the clock: 1 to 64 of <c>A-Z a-z 0-9 - _</c>. Empty only in <c>default</c>, which is below every reading.</summary>
    public string ClientId => _clientId ?? "";

    /// <summary>Composes a reading.</summary>
    /// <exception cref="ArgumentException">A part is out of its range: a defect of the caller, who validates what comes from outside.</exception>
    public static HybridTime FromMilliseconds(long milliseconds, string clientId, int counter = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(milliseconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(milliseconds, MaxMilliseconds);
        ArgumentOutOfRangeException.ThrowIfNegative(counter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(counter, ushort.MaxValue);
        if (!NameRules.IsClientId(clientId)) throw new ArgumentException("Not a client id.", nameof(clientId));
        return new HybridTime(((ulong)milliseconds << 16) | (uint)counter, clientId);
    }

    /// <summary>The smallest reading of <paramref name="clientId"/> that is greater than <paramref name="other"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none. Clamp a client's clock before counting on from it.</exception>
    public static HybridTime After(HybridTime other, string clientId)
    {
        if (!NameRules.IsClientId(clientId)) throw new ArgumentException("Not a client id.", nameof(clientId));
        if (string.CompareOrdinal(clientId, other.ClientId) > 0) return new HybridTime(other._clock, clientId);

        ArgumentOutOfRangeException.ThrowIfEqual(other._clock, ulong.MaxValue, nameof(other));
        return new HybridTime(other._clock + 1, clientId);
    }

    /// <summary>Reads the wire text; anything that <see cref="ToString"/> cannot produce is refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out HybridTime time)
    {
        time = default;
        if (text.Length <= ClockLength || text[..ClockLength].ContainsAnyExcept(LowerHex) || !NameRules.IsClientId(text[ClockLength..])) return false;

        time = new HybridTime(ulong.Parse(text[..ClockLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), text[ClockLength..].ToString());
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(HybridTime other)
    {
        var byClock = _clock.CompareTo(other._clock);
        return byClock != 0 ? byClock : string.CompareOrdinal(ClientId, other.ClientId);
    }

    /// <inheritdoc/>
    public bool Equals(HybridTime other) => _clock == other._clock && ClientId == other.ClientId;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is HybridTime other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_clock, ClientId);

    /// <summary>The wire text.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_clock:x16}{ClientId}");

    /// <summary>Equality of clock and client.</summary>
    public static bool operator ==(HybridTime left, HybridTime right) => left.Equals(right);

    /// <summary>Inequality of clock or client.</summary>
    public static bool operator !=(HybridTime left, HybridTime right) => !left.Equals(right);

    /// <summary>Order of the wire text.</summary>
    public static bool operator <(HybridTime left, HybridTime right) => left.CompareTo(right) < 0;

    /// <summary>Order of the wire text.</summary>
    public static bool operator <=(HybridTime left, HybridTime right) => left.CompareTo(right) <= 0;

    /// <summary>Order of the wire text.</summary>
    public static bool operator >(HybridTime left, HybridTime right) => left.CompareTo(right) > 0;

    /// <summary>Order of the wire text.</summary>
    public static bool operator >=(HybridTime left, HybridTime right) => left.CompareTo(right) >= 0;
}
