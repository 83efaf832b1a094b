using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace MyriadSync.Contracts.Values;

/// <summary>
/// A record's value, canonical and immutable: the fields of a plain object, or one root value of any other kind (a scalar, an array, a tagged value).
/// Equality is equality of the canonical bytes. Encoding and canonical form are specified in <c>docs/API.md</c>.
/// </summary>
public sealed class RecordValue : IEquatable<RecordValue>
{
    /// <summary>The plain object without fields.</summary>
    public static readonly RecordValue Empty = new("{}"u8.ToArray(), []);

    // Null together with _sliced: no plain object. Stored values are sliced when somebody looks into them: most are only passed on.
    private RecordField[]? _fields;
    private volatile bool _sliced;

    private RecordValue(ReadOnlyMemory<byte> json, RecordField[]? fields, bool sliced = true)
    {
        Json = json;
        _fields = fields;
        _sliced = sliced;
    }

    /// <summary>The canonical wire form, UTF-8; with <c>$object</c> round it if a field's name starts with <c>$</c>.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>Bytes of the canonical wire form.</summary>
    public int Size => Json.Length;

    /// <summary>The value is a plain object; <see cref="Fields"/> has it all. Otherwise <see cref="Json"/> is the root value.</summary>
    public bool IsObject => Sliced is not null;

    /// <summary>The fields, sorted by name (ordinal UTF-16); none if the value is not a plain object.</summary>
    public IReadOnlyList<RecordField> Fields => Sliced ?? [];

    /// <summary>
    /// Reads a value from the wire. The reader is over the whole document, stands on the value's first token, and afterwards on its last, even if the value
    /// is refused. Give it <see cref="CanonicalJson.ReaderOptions"/>, or values beyond 64 levels are exceptions where refusals should be.
    /// </summary>
    /// <exception cref="JsonException">The JSON itself is broken.</exception>
    public static bool TryRead(
        ref Utf8JsonReader reader, ValueLimits limits, [NotNullWhen(true)] out RecordValue? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = null;
        var engine = CanonicalReader.Rent(limits);
        if (engine.TryRead(ref reader, keepMembers: true, out refusal))
        {
            var json = engine.Written.ToArray();
            value = new RecordValue(json, engine.Members is { } members ? Slice(json, members) : null);
        }

        engine.Return();
        return value is not null;
    }

    /// <summary>A plain object of the given fields, in any order. Their JSON must be canonical: it is taken as it is.</summary>
    /// <exception cref="ArgumentException">Two fields have the same name.</exception>
    public static RecordValue FromFields(IEnumerable<RecordField> fields)
    {
        var sorted = Sort(fields.ToArray());
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i - 1].Name == sorted[i].Name) throw new ArgumentException("Two fields have the same name.", nameof(fields));
        }

        return FromSorted(sorted);
    }

    /// <summary>A value from its canonical JSON as <see cref="Json"/> gave it, taken as it is. It keeps the memory.</summary>
    public static RecordValue FromCanonical(ReadOnlyMemory<byte> json) => new(json, fields: null, sliced: false);

    /// <summary>A value that is not a plain object, from its canonical JSON, taken as it is.</summary>
    public static RecordValue FromRoot(ReadOnlyMemory<byte> json) => new(json, fields: null);

    /// <summary>The canonical JSON of a field; false if there is none, or the value is not a plain object.</summary>
    public bool TryGetField(string name, out ReadOnlyMemory<byte> json)
    {
        var fields = Sliced;
        var index = fields is null ? -1 : IndexOf(fields, name);
        json = index < 0 ? default : fields![index].Json;
        return index >= 0;
    }

    /// <summary>The plain object with the field added or replaced. For many fields at once, use <see cref="FromFields"/>.</summary>
    /// <param name="name">Field name, literal.</param>
    /// <param name="json">The field's canonical JSON, taken as it is.</param>
    /// <exception cref="InvalidOperationException">The value is not a plain object.</exception>
    public RecordValue With(string name, ReadOnlyMemory<byte> json)
    {
        var fields = Require();
        var index = IndexOf(fields, name);
        return FromSorted(index >= 0
            ? [.. fields[..index], new RecordField(name, json), .. fields[(index + 1)..]]
            : [.. fields[..~index], new RecordField(name, json), .. fields[~index..]]);
    }

    /// <summary>The plain object without the field; the same instance if there is none of that name.</summary>
    /// <exception cref="InvalidOperationException">The value is not a plain object.</exception>
    public RecordValue Without(string name)
    {
        var fields = Require();
        var index = IndexOf(fields, name);
        return index < 0 ? this : FromSorted([.. fields[..index], .. fields[(index + 1)..]]);
    }

    /// <summary>Writes the canonical wire form.</summary>
    public void WriteJson(IBufferWriter<byte> output) => output.Write(Json.Span);

    /// <inheritdoc/>
    public bool Equals(RecordValue? other) => other is not null && (ReferenceEquals(this, other) || Json.Span.SequenceEqual(other.Json.Span));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RecordValue);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Json.Span);
        return hash.ToHashCode();
    }

    /// <summary>Puts fields in canonical order, in place.</summary>
    internal static RecordField[] Sort(RecordField[] fields)
    {
        Array.Sort(fields, static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        return fields;
    }

    private static RecordValue FromSorted(RecordField[] fields)
    {
        if (fields.Length == 0) return Empty;

        var output = new ArrayBufferWriter<byte>(fields.Sum(static field => field.Name.Length + field.Json.Length + 4) + 16);
        ObjectWriter.Write(fields, output);
        return new RecordValue(output.WrittenMemory, fields);
    }

    private static RecordField[] Slice(byte[] json, IReadOnlyList<CanonicalMember> members)
    {
        var fields = new RecordField[members.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            var member = members[i];
            fields[i] = new RecordField(member.NameText(json), json.AsMemory(member.ValueStart, member.End - member.ValueStart));
        }

        return fields;
    }

    private static int IndexOf(RecordField[] fields, string name)
    {
        var (low, high) = (0, fields.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(fields[middle].Name, name);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }

    private RecordField[]? Sliced
    {
        get
        {
            if (!_sliced)
            {
                var reader = new Utf8JsonReader(Json.Span, CanonicalJson.ReaderOptions);
                CanonicalJson.Next(ref reader);
                if (!TryRead(ref reader, ValueLimits.None, out var value, out var refusal))
                    throw new InvalidDataException($"A stored value is not canonical: {refusal.Reason}.");
                _fields = value._fields;
                _sliced = true;
            }

            return _fields;
        }
    }

    private RecordField[] Require() => Sliced ?? throw new InvalidOperationException("The value is not a plain object.");
}
