namespace MyriadSync.Contracts.Keys;

/// <summary>Collects an encoded key of bounded length. What does not fit is dropped and remembered, so that encoders need not check each character.</summary>
internal struct KeyBuffer(char[] chars)
{
    private readonly char[] _chars = chars;

    private int _length;

    /// <summary>More was appended than fits.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>What was appended.</summary>
    public readonly ReadOnlySpan<char> Written => _chars.AsSpan(0, _length);

    /// <summary>Appends one character.</summary>
    public void Append(char value)
    {
        if (_length == _chars.Length) Overflowed = true;
        else _chars[_length++] = value;
    }

    /// <summary>Appends lower-case hex digits of the lowest <paramref name="digits"/> half bytes.</summary>
    public void AppendHex(ulong value, int digits)
    {
        for (var shift = (digits - 1) * 4; shift >= 0; shift -= 4) Append("0123456789abcdef"[(int)((value >> shift) & 0xF)]);
    }
}
