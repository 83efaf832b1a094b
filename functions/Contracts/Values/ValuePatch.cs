using System.Diagnostics.CodeAnalysis;

namespace MyriadSync.Contracts.Values;

/// <summary>
/// Applies the verbs of a patch to a working copy of a record's value. Pointers lead through plain objects only, and see through <c>$object</c>. A patch is
/// all or nothing: whoever gets a refusal drops the copy, which may be half changed.
/// </summary>
/// <param name="value">The value to start from; it stays as it is.</param>
/// <param name="limits">What the result must keep to.</param>
internal sealed class ValuePatch(RecordValue value, ValueLimits limits)
{
    private readonly PatchNode _root = PatchNode.From(value);

    /// <summary>Applies a whole patch. The refusal's pointer is relative to the record's value.</summary>
    public static bool TryApply(
        RecordValue value, PatchBody patch, ValueLimits limits, [NotNullWhen(true)] out RecordValue? result, [NotNullWhen(false)] out Refusal? refusal)
    {
        result = null;
        var copy = new ValuePatch(value, limits);
        refusal = First(patch.Set, pair => copy.Set(pair.Key, pair.Value))
            ?? First(patch.Unset, copy.Unset)
            ?? First(patch.Inc, pair => copy.Increment(pair.Key, pair.Value))
            ?? First(patch.Add, pair => copy.Add(pair.Key, pair.Value))
            ?? First(patch.Remove, pair => copy.Remove(pair.Key, pair.Value));
        return refusal is null && copy.TryBuild(out result, out refusal);
    }

    /// <summary>Puts a value there; parents that are missing are created as objects.</summary>
    /// <param name="pointer">JSON Pointer into the record.</param>
    /// <param name="json">Canonical JSON.</param>
    public Refusal? Set(string pointer, ReadOnlyMemory<byte> json)
    {
        if (!TryReach(pointer, levels: 0, [json], out var parent, out var name, out var refusal)) return refusal;

        parent[name] = new PatchNode(json);
        return null;
    }

    /// <summary>Takes the member away. Nothing there, or no plain object on the way: nothing changes.</summary>
    public Refusal? Unset(string pointer)
    {
        if (TryFind(pointer, out var parent, out var name, out var refusal)) parent.Remove(name);
        return refusal;
    }

    /// <summary>Adds to the number there; nothing there is zero. A bigint is added to a bigint only.</summary>
    /// <param name="pointer">JSON Pointer into the record.</param>
    /// <param name="delta">Canonical JSON of a number or a bigint.</param>
    public Refusal? Increment(string pointer, ReadOnlyMemory<byte> delta)
    {
        if (!TryReach(pointer, levels: 0, [delta], out var parent, out var name, out var refusal)) return refusal;

        var current = parent.TryGetValue(name, out var node) ? node.ToJson() : default;
        switch (Increments.TryAdd(current.Span, delta.Span, out var sum))
        {
            case RefusalReasons.NotANumber:
                return new Refusal(RefusalReasons.NotANumber, pointer, "Numbers are added to numbers and bigints to bigints only.");
            case RefusalReasons.NotFinite:
                return new Refusal(RefusalReasons.NotFinite, pointer, "The sum is not a finite number.");
            default:
                parent[name] = new PatchNode(sum);
                return null;
        }
    }

    /// <summary>Appends those elements that the array or set there lacks, in their order; nothing there is an empty array.</summary>
    /// <param name="pointer">JSON Pointer into the record.</param>
    /// <param name="elements">Canonical JSON of each element. Equal bytes are equal elements.</param>
    public Refusal? Add(string pointer, IReadOnlyList<ReadOnlyMemory<byte>> elements)
    {
        if (!TryReach(pointer, levels: 1, elements, out var parent, out var name, out var refusal)) return refusal;

        if (!parent.TryGetValue(name, out var node)) parent[name] = node = new PatchNode("[]"u8.ToArray());
        if (node.OpenList() is not { } list) return NotASet(pointer);

        list.Add(elements);
        return null;
    }

    /// <summary>Takes the elements out of the array or set there, every occurrence. Nothing there, or no plain object on the way: nothing changes.</summary>
    /// <param name="pointer">JSON Pointer into the record.</param>
    /// <param name="elements">Canonical JSON of each element. Equal bytes are equal elements.</param>
    public Refusal? Remove(string pointer, IReadOnlyList<ReadOnlyMemory<byte>> elements)
    {
        if (!TryFind(pointer, out var parent, out var name, out var refusal) || !parent.TryGetValue(name, out var node)) return refusal;
        if (node.OpenList() is not { } list) return NotASet(pointer);

        list.Remove(elements);
        return null;
    }

    /// <summary>The value there now, canonical; false if there is none, or no plain object on the way.</summary>
    public bool TryGet(string pointer, out ReadOnlyMemory<byte> json)
    {
        json = default;
        if (!TryFind(pointer, out var parent, out var name, out _) || !parent.TryGetValue(name, out var node)) return false;

        json = node.ToJson();
        return true;
    }

    /// <summary>The patched value, unless it has become too large.</summary>
    public bool TryBuild([NotNullWhen(true)] out RecordValue? result, [NotNullWhen(false)] out Refusal? refusal)
    {
        result = _root.ToFields() is { } fields ? RecordValue.FromFields(fields) : RecordValue.FromRoot(_root.ToJson());
        refusal = result.Size <= limits.MaxBytes ? null
            : new Refusal(RefusalReasons.TooLarge, "", $"The canonical value takes more than {limits.MaxBytes} bytes.");
        if (refusal is not null) result = null;
        return result is not null;
    }

    private static Refusal? First<T>(IReadOnlyList<T> steps, Func<T, Refusal?> apply)
    {
        foreach (var step in steps)
        {
            if (apply(step) is { } refusal) return refusal;
        }

        return null;
    }

    // The object that holds the member, made where it is missing. `levels` containers will lie between the member and `contents`.
    private bool TryReach(
        string pointer, int levels, IReadOnlyList<ReadOnlyMemory<byte>> contents,
        [NotNullWhen(true)] out Dictionary<string, PatchNode>? parent, out string name, out Refusal? refusal)
    {
        parent = null;
        name = "";
        if (!TrySplit(pointer, out var segments, out refusal)) return false;

        // Each segment but the last names a container, and the record is one.
        var depth = segments.Count + levels;
        if (depth > limits.MaxDepth || !contents.All(json => FitsBelow(depth, json)))
        {
            refusal = new Refusal(RefusalReasons.TooDeep, pointer, $"Containers would be nested more than {limits.MaxDepth} deep.");
            return false;
        }

        var members = _root.OpenObject();
        for (var i = 0; i < segments.Count - 1 && members is not null; i++)
        {
            if (!members.TryGetValue(segments[i], out var child)) members[segments[i]] = child = PatchNode.NewObject();
            members = child.OpenObject();
            if (members is null) refusal = NotAnObject(JsonPointers.Format(segments.Take(i + 1)));
        }

        if (members is null) refusal ??= NotAnObject("");
        (parent, name) = (members, segments[^1]);
        return parent is not null;
    }

    // The object that holds the member, if there is one.
    private bool TryFind(string pointer, [NotNullWhen(true)] out Dictionary<string, PatchNode>? parent, out string name, out Refusal? refusal)
    {
        parent = null;
        name = "";
        if (!TrySplit(pointer, out var segments, out refusal)) return false;

        parent = _root.OpenObject();
        for (var i = 0; i < segments.Count - 1 && parent is not null; i++)
            parent = parent.TryGetValue(segments[i], out var child) ? child.OpenObject() : null;
        name = segments[^1];
        return parent is not null;
    }

    private static bool TrySplit(string pointer, [NotNullWhen(true)] out IReadOnlyList<string>? segments, out Refusal? refusal)
    {
        refusal = null;
        if (!JsonPointers.TryParse(pointer, out segments))
            refusal = new Refusal(RefusalReasons.InvalidPointer, "", "A JSON Pointer starts with / and knows the escapes ~0 and ~1.");
        else if (segments.Count == 0)
            refusal = new Refusal(RefusalReasons.PointerToRoot, pointer, "A patch changes members of a record; the record as a whole is put.");
        return refusal is null;
    }

    // Counting brackets is cheap and never too low; only if that is too many is the depth itself looked at.
    private bool FitsBelow(int depth, ReadOnlyMemory<byte> json)
    {
        var brackets = json.Span.Count((byte)'{') + json.Span.Count((byte)'[');
        if (depth + brackets <= limits.MaxDepth) return true;

        var below = new ValueLimits { MaxDepth = limits.MaxDepth - depth, MaxBytes = int.MaxValue };
        return CanonicalJson.TryRead(json.Span, below, out _, out _);
    }

    private static Refusal NotAnObject(string pointer) =>
        new(RefusalReasons.NotAnObject, pointer, "The pointer leads through something that is no plain object.");

    private static Refusal NotASet(string pointer) => new(RefusalReasons.NotASet, pointer, "Elements are added to, and removed from, arrays and sets only.");
}
