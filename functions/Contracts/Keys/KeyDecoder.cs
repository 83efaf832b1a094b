using System.Buffers;
using System.Buffers.Text;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts.Keys;

/// <summary>Checks an encoded key strictly (only what the encoder can have produced passes) and, given an output, writes the key's canonical JSON.</summary>
internal ref struct KeyDecoder(ReadOnlySpan<char> encoded, IBufferWriter<byte>? output)
{
    private readonly IBufferWriter<byte>? _output = output;
    private ReadOnlySpan<char> _rest = encoded;
    private int _depth;

    /// <summary>Decodes all of the text. What was written before a false is meaningless.</summary>
    public bool TryDecode() => TryDecodePart(element: false) && _rest.IsEmpty;

    private bool TryDecodePart(bool element)
    {
        if (_rest.IsEmpty) return false;

        var tag = _rest[0];
        _rest = _rest[1..];
        return tag switch
        {
            KeyAlphabet.Number => TryDecodeNumber(),
            KeyAlphabet.Date => TryDecodeDate(),
            KeyAlphabet.String => TryDecodeString(element),
            KeyAlphabet.Binary => TryDecodeBinary(element),
            KeyAlphabet.Array => TryDecodeArray(),
            _ => false,
        };
    }

    private bool TryDecodeNumber()
    {
        if (!TryTakeDouble(out var value)) return false;

        if (double.IsFinite(value))
        {
            Write(value);
            return true;
        }

        Write(value > 0 ? "{\"$number\":\"Infinity\"}"u8 : "{\"$number\":\"-Infinity\"}"u8);
        return true;
    }

    private bool TryDecodeDate()
    {
        if (!TryTakeDouble(out var value) || !(Math.Abs(value) <= ScalarTags.MaxDateMilliseconds) || Math.Floor(value) != value) return false;

        Write("{\"$date\":"u8);
        Write(value);
        Write("}"u8);
        return true;
    }

    private bool TryDecodeString(bool element)
    {
        if (!TryTakeBody(element, out var body)) return false;

        Span<char> units = stackalloc char[body.Length];
        var count = 0;
        while (!body.IsEmpty)
        {
            if (!KeyAlphabet.TryReadUnit(body, out units[count], out var length)) return false;
            count++;
            body = body[length..];
        }

        if (_output is not null) WireText.Write(units[..count], _output);
        return true;
    }

    private bool TryDecodeBinary(bool element)
    {
        if (!TryTakeBody(element, out var body) || body.Length % 2 != 0) return false;

        Span<byte> bytes = stackalloc byte[body.Length / 2];
        for (var i = 0; i < bytes.Length; i++)
        {
            if (!KeyAlphabet.TryReadHex(body.Slice(2 * i, 2), out var value)) return false;
            bytes[i] = (byte)value;
        }

        Write("{\"$binary\":\""u8);
        if (_output is not null)
        {
            Base64.EncodeToUtf8(bytes, _output.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out var written);
            _output.Advance(written);
        }

        Write("\"}"u8);
        return true;
    }

    private bool TryDecodeArray()
    {
        if (++_depth > RecordKey.MaxDepth) return false;

        Write("["u8);
        for (var first = true; ; first = false)
        {
            if (_rest.IsEmpty) return false;
            if (_rest[0] == KeyAlphabet.End) break;
            if (!first) Write(","u8);
            if (!TryDecodePart(element: true)) return false;
        }

        _rest = _rest[1..];
        Write("]"u8);
        _depth--;
        return true;
    }

    // Neither NaN nor minus zero is a key.
    private bool TryTakeDouble(out double value)
    {
        value = default;
        if (_rest.Length < KeyAlphabet.NumberDigits || !KeyAlphabet.TryReadHex(_rest[..KeyAlphabet.NumberDigits], out var ordered)) return false;

        value = KeyAlphabet.FromOrdered(ordered);
        _rest = _rest[KeyAlphabet.NumberDigits..];
        return !double.IsNaN(value) && !(value == 0 && double.IsNegative(value));
    }

    // Inside an array a terminator follows; on its own, the text goes to the end.
    private bool TryTakeBody(bool element, out ReadOnlySpan<char> body)
    {
        body = _rest;
        var end = _rest.IndexOf(KeyAlphabet.End);
        if (element != end >= 0) return false;
        if (element) body = _rest[..end];
        _rest = element ? _rest[(end + 1)..] : default;
        return true;
    }

    private readonly void Write(scoped ReadOnlySpan<byte> json) => _output?.Write(json);

    private readonly void Write(double value)
    {
        if (_output is null) return;
        _output.Advance(EcmaNumber.Format(value, _output.GetSpan(EcmaNumber.MaxBytes)));
    }
}
