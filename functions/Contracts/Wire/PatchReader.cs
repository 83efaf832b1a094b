using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts.Wire;

/// <summary>Reads the verbs of one patch and brings them into canonical order (pointers ordinal), so that spelling does not matter to the digest.</summary>
internal sealed class PatchReader(ValueLimits limits)
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _set = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unset = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _inc = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>> _add = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>> _remove = new(StringComparer.Ordinal);

    /// <summary>Reads the value of one verb; the reader stands on its first token, and afterwards anywhere in it. The refusal's pointer is relative to it.</summary>
    public bool TryRead(ref Utf8JsonReader reader, string verb, [NotNullWhen(false)] out Refusal? refusal)
    {
        // Whatever is refused, the caller goes on after the whole verb.
        var start = reader;
        refusal = verb switch
        {
            "set" => ReadMembers(ref reader, _set, ReadValue),
            "unset" => ReadUnset(ref reader),
            "inc" => ReadMembers(ref reader, _inc, ReadIncrement),
            "add" => ReadMembers(ref reader, _add, ReadElements),
            _ => ReadMembers(ref reader, _remove, ReadElements),
        };
        if (refusal is not null)
            reader = start;
        return refusal is null;
    }

    /// <summary>The patch, if its verbs go together. The refusal's pointer is relative to the change.</summary>
    public bool TryFinish([NotNullWhen(true)] out PatchBody? patch, [NotNullWhen(false)] out Refusal? refusal)
    {
        patch = null;
        refusal = PatchOverlaps.Find(_set.Keys, _unset, _inc.Keys, _add, _remove);
        if (_set.Count + _unset.Count + _inc.Count + _add.Count + _remove.Count == 0)
            refusal = new Refusal(WireReasons.PatchEmpty, "", "A patch needs something to set, unset, inc, add or remove.");
        if (refusal is not null)
            return false;

        patch = new PatchBody { Set = Sorted(_set), Unset = [.. _unset.Order(StringComparer.Ordinal)], Inc = Sorted(_inc), Add = Sorted(_add), Remove = Sorted(_remove) };
        return true;
    }

    private delegate Refusal? ValueReader<T>(ref Utf8JsonReader reader, out T value);

    private Refusal? ReadMembers<T>(ref Utf8JsonReader reader, Dictionary<string, T> target, ValueReader<T> readValue)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return new Refusal(WireReasons.Invalid, "", "An object of pointers is needed.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            WireText.TryRead(ref reader, out var pointer);
            reader.Read();
            var refusal = CheckPointer(pointer) ?? readValue(ref reader, out var value) ?? Put(value);
            if (refusal is not null)
                return refusal.Under(JsonPointers.Append("", pointer));

            Refusal? Put(T value) => target.TryAdd(pointer, value) ? null : new Refusal(RefusalReasons.DuplicateName, "", "The pointer is there twice.");
        }

        return null;
    }

    private Refusal? ReadUnset(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return new Refusal(WireReasons.Invalid, "", "A list of pointers is needed.");
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (reader.TokenType != JsonTokenType.String || !WireText.TryRead(ref reader, out var pointer))
                return new Refusal(RefusalReasons.InvalidPointer, $"/{index}", "A pointer is a string.");
            if (CheckPointer(pointer) is { } refusal)
                return refusal.Under($"/{index}");
            if (!_unset.Add(pointer))
                return new Refusal(RefusalReasons.DuplicateName, $"/{index}", "The pointer is there twice.");
        }

        return null;
    }

    private Refusal? CheckPointer(string pointer)
    {
        if (!JsonPointers.TryParse(pointer, out var segments))
            return new Refusal(RefusalReasons.InvalidPointer, "", "A pointer begins with / and escapes ~ as ~0 and / as ~1 (RFC 6901).");
        if (segments.Count == 0)
            return new Refusal(RefusalReasons.PointerToRoot, "", "A patch addresses parts of a record; the whole of it is a put.");
        return segments.Count > limits.MaxDepth ? new Refusal(RefusalReasons.TooDeep, "", $"A record may have {limits.MaxDepth} levels.") : null;
    }

    private Refusal? ReadValue(ref Utf8JsonReader reader, out ReadOnlyMemory<byte> json)
    {
        CanonicalJson.TryRead(ref reader, limits, out var canonical, out var refusal);
        json = canonical;
        return refusal;
    }

    private Refusal? ReadIncrement(ref Utf8JsonReader reader, out ReadOnlyMemory<byte> json)
    {
        var refusal = ReadValue(ref reader, out json);
        if (refusal is not null)
            return refusal;
        var text = json.Span;
        var isNumber = text[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9') || text.StartsWith("{\"$bigint\":"u8);
        return isNumber ? null : new Refusal(RefusalReasons.NotANumber, "", "An increment is a number or a bigint.");
    }

    private Refusal? ReadElements(ref Utf8JsonReader reader, out IReadOnlyList<ReadOnlyMemory<byte>> elements)
    {
        elements = [];
        if (reader.TokenType != JsonTokenType.StartArray)
            return new Refusal(WireReasons.Invalid, "", "A list of elements is needed.");
        var read = new List<ReadOnlyMemory<byte>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadValue(ref reader, out var element) is { } refusal)
                return refusal.Under($"/{read.Count}");
            read.Add(element);
        }

        elements = read;
        return read.Count > 0 ? null : new Refusal(WireReasons.Invalid, "", "At least one element is needed.");
    }

    private static KeyValuePair<string, T>[] Sorted<T>(Dictionary<string, T> verb) => [.. verb.OrderBy(pair => pair.Key, StringComparer.Ordinal)];
}
