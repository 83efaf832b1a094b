using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace MyriadSync.Contracts.Values;

/// <summary>
/// Reads one encoded value into a buffer of canonical JSON, in a single pass: members are written as they come, and an object whose members did not come
/// in order is put in order when it ends. Instances are reused by their thread, so that a value costs no garbage beyond its result.
/// </summary>
internal sealed partial class CanonicalReader
{
    private const int InitialBytes = 4096;
    private const int MaxKeptBytes = 1024 * 1024;

    [ThreadStatic]
    private static CanonicalReader? _spare;

    private readonly List<CanonicalMember> _members = [];
    private byte[] _bytes = new byte[InitialBytes];
    private byte[] _scratch = new byte[InitialBytes];
    private int _length;
    private int _depth;
    private ValueLimits _limits = ValueLimits.Default;
    private RefusalTrace _trace;

    /// <summary>The canonical JSON.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>The members of a plain object, sorted by name, if they were to be kept; null for any other value.</summary>
    public IReadOnlyList<CanonicalMember>? Members { get; private set; }

    /// <summary>An empty reader. Give it back by <see cref="Return"/>; one that is lost to an exception is garbage, no leak.</summary>
    public static CanonicalReader Rent(ValueLimits limits)
    {
        var engine = _spare ?? new CanonicalReader();
        _spare = null;
        engine._limits = limits;
        return engine;
    }

    /// <summary>Makes the reader available to this thread again.</summary>
    public void Return()
    {
        (_length, _depth, Members, _trace) = (0, 0, null, default);
        _members.Clear();
        if (_bytes.Length <= MaxKeptBytes && _scratch.Length <= MaxKeptBytes) _spare = this;
    }

    /// <summary>Reads the value that the reader stands on and leaves the reader on its last token, even if it is refused.</summary>
    public bool TryRead(ref Utf8JsonReader reader, bool keepMembers, out Refusal? refusal)
    {
        var start = reader;
        if (Write(ref reader, keepMembers))
        {
            refusal = null;
            return true;
        }

        _trace.TryGet(out refusal);
        reader = start;
        reader.Skip();
        return false;
    }

    private bool Write(ref Utf8JsonReader reader, bool keepMembers = false)
    {
        var written = reader.TokenType switch
        {
            JsonTokenType.String => WriteText(ref reader, out _),
            JsonTokenType.Number => WriteNumber(ref reader),
            JsonTokenType.StartObject => WriteObject(ref reader, keepMembers),
            JsonTokenType.StartArray => WriteElements(ref reader),
            JsonTokenType.True => Append("true"u8),
            JsonTokenType.False => Append("false"u8),
            JsonTokenType.Null => Append("null"u8),
            _ => throw new JsonException("A value was expected."),
        };
        return written && (_length <= _limits.MaxBytes || TooLarge());
    }

    private bool WriteObject(ref Utf8JsonReader reader, bool keepMembers)
    {
        CanonicalJson.Next(ref reader);
        return reader.TokenType == JsonTokenType.PropertyName && StartsWithDollar(ref reader)
            ? WriteTag(ref reader, keepMembers)
            : WriteMembers(ref reader, literalNames: false, keepMembers, out _);
    }

    // The reader stands on the first name, or on the end of an empty object.
    private bool WriteMembers(ref Utf8JsonReader reader, bool literalNames, bool keepMembers, out bool hasDollar)
    {
        hasDollar = false;
        if (!Enter()) return false;

        var (start, first, sorted) = (_length, _members.Count, true);
        Append((byte)'{');
        for (; reader.TokenType == JsonTokenType.PropertyName; CanonicalJson.Next(ref reader))
        {
            if (_members.Count > first) Append((byte)',');
            if (!WriteMember(ref reader, literalNames, out var member)) return false;

            hasDollar |= _bytes[member.Start + 1] == '$';
            sorted = sorted && (_members.Count == first || new MemberOrder(_bytes).Compare(_members[^1], member) < 0);
            _members.Add(member);
        }

        if (!sorted && !Sort(start + 1, first)) return false;

        Append((byte)'}');
        if (keepMembers) Members = _members;
        else _members.RemoveRange(first, _members.Count - first);
        _depth--;
        return true;
    }

    private bool WriteMember(ref Utf8JsonReader reader, bool literalNames, out CanonicalMember member)
    {
        member = default;
        var start = _length;
        if (!WriteText(ref reader, out var plain)) return false;

        member = new CanonicalMember(start, _length - start, End: 0, plain);
        if (!literalNames && _bytes[start + 1] == '$') return UnknownTag() || _trace.Under(member.NameText(_bytes));

        Append((byte)':');
        CanonicalJson.Next(ref reader);
        if (!Write(ref reader)) return _trace.Under(member.NameText(_bytes));

        member = member with { End = _length };
        return true;
    }

    // Puts the members from `first` on in order, in the list and in the buffer, where they begin at `start`. False if two have the same name.
    private bool Sort(int start, int first)
    {
        var members = CollectionsMarshal.AsSpan(_members)[first..];
        var order = new MemberOrder(_bytes);
        members.Sort(order);
        for (var i = 1; i < members.Length; i++)
        {
            if (order.Compare(members[i - 1], members[i]) == 0)
            {
                _trace.Refuse(RefusalReasons.DuplicateName, "Two members of an object have the same name.");
                return _trace.Under(members[i].NameText(_bytes));
            }
        }

        if (_scratch.Length < _length) _scratch = new byte[_bytes.Length];
        _bytes.AsSpan(start, _length - start).CopyTo(_scratch.AsSpan(start));
        var target = start;
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0) _bytes[target++] = (byte)',';
            var (source, length) = (members[i].Start, members[i].End - members[i].Start);
            _scratch.AsSpan(source, length).CopyTo(_bytes.AsSpan(target));
            members[i] = members[i] with { Start = target, End = target + length };
            target += length;
        }

        return true;
    }

    private bool WriteElements(ref Utf8JsonReader reader)
    {
        if (!Enter()) return false;

        Append((byte)'[');
        for (var index = 0; ; index++)
        {
            CanonicalJson.Next(ref reader);
            if (reader.TokenType == JsonTokenType.EndArray) break;
            if (index > 0) Append((byte)',');
            if (!Write(ref reader)) return _trace.Under(index.ToString(CultureInfo.InvariantCulture));
        }

        _depth--;
        return Append((byte)']');
    }

    private bool WriteNumber(ref Utf8JsonReader reader)
    {
        // Up to 15 digits are exact in a double, and JSON forbids leading zeros: the common integer is canonical as it comes.
        var raw = reader.HasValueSequence ? default : reader.ValueSpan;
        if (raw.Length is > 0 and <= 15 && raw[0] != '-' && !raw.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return Append(raw);

        if (!reader.TryGetDouble(out var value) || !double.IsFinite(value))
            return _trace.Refuse(RefusalReasons.NumberOutOfRange, "A number is beyond the range of a double.");
        if (value == 0 && double.IsNegative(value)) return Append("{\"$number\":\"-0\"}"u8);

        Append(value);
        return true;
    }

    private bool WriteText(ref Utf8JsonReader reader, out bool plain)
    {
        var body = WireText.RawBody(ref reader);
        plain = !reader.ValueIsEscaped && System.Text.Ascii.IsValid(body);
        if (!reader.ValueIsEscaped)
        {
            // JSON allows no bare control character, quote or backslash in a string: without escapes, a string is canonical if it is UTF-8.
            if (!plain && !Utf8.IsValid(body)) return NotUtf8();

            Reserve(body.Length + 2);
            _bytes[_length] = (byte)'"';
            body.CopyTo(_bytes.AsSpan(_length + 1));
            _length += body.Length + 2;
            _bytes[_length - 1] = (byte)'"';
            return true;
        }

        if (!WireText.TryRead(body, out var text)) return NotUtf8();

        Reserve((text.Length * WireText.MaxBytesPerUnit) + 2);
        _length += WireText.Write(text, _bytes.AsSpan(_length));
        return true;
    }

    private bool Enter() =>
        ++_depth <= _limits.MaxDepth || _trace.Refuse(RefusalReasons.TooDeep, $"Containers are nested more than {_limits.MaxDepth} deep.");

    private bool TooLarge() => _trace.Refuse(RefusalReasons.TooLarge, $"The canonical value takes more than {_limits.MaxBytes} bytes.");

    private bool NotUtf8() => _trace.Refuse(RefusalReasons.InvalidUtf8, "A string is not UTF-8.");

    private void Append(double value)
    {
        Reserve(EcmaNumber.MaxBytes);
        _length += EcmaNumber.Format(value, _bytes.AsSpan(_length));
    }

    private bool Append(byte value)
    {
        Reserve(1);
        _bytes[_length++] = value;
        return true;
    }

    private bool Append(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(_bytes.AsSpan(_length));
        _length += value.Length;
        return true;
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _length < count) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
    }
}
