using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>The fields of a store whose edits add up, by their path in a record's clocks.</summary>
internal sealed class KindMap
{
    private readonly Dictionary<string, FieldKind> _byPath;

    private KindMap(Dictionary<string, FieldKind> byPath) => _byPath = byPath;

    /// <summary>No such fields.</summary>
    public static KindMap None { get; } = new([]);

    /// <summary>Of a store's declaration.</summary>
    /// <param name="kinds">JSON Pointer to kind.</param>
    public static KindMap Of(IReadOnlyDictionary<string, FieldKind> kinds) => kinds.Count == 0 ? None : new(kinds.ToDictionary(pair => FieldPath.Of(pair.Key), pair => pair.Value));

    /// <summary>There are none.</summary>
    public bool IsEmpty => _byPath.Count == 0;

    /// <summary>The kind of a place; null: a plain value.</summary>
    public FieldKind? this[string path] => _byPath.Count > 0 && _byPath.TryGetValue(path, out var kind) ? kind : null;

    /// <summary>The paths of all declared places.</summary>
    public IReadOnlyCollection<string> Paths => _byPath.Keys;

    /// <summary>The declared places within another one.</summary>
    public IEnumerable<KeyValuePair<string, FieldKind>> Below(string path) => _byPath.Count == 0 ? [] : _byPath.Where(pair => FieldPath.IsBelow(pair.Key, path));

    /// <summary>True when every verb of a patch is one that adds up: such a patch is in conflict with nothing.</summary>
    public bool Covers(PatchBody patch) =>
        _byPath.Count > 0
        && patch.Set.Count == 0
        && patch.Unset.Count == 0
        && patch.Inc.All(inc => this[FieldPath.Of(inc.Key)] == FieldKind.Counter)
        && patch.Add.All(add => this[FieldPath.Of(add.Key)] == FieldKind.Set)
        && patch.Remove.All(remove => this[FieldPath.Of(remove.Key)] == FieldKind.Set);

    /// <summary>The patch without the verbs that add up.</summary>
    public PatchBody Without(PatchBody patch) => _byPath.Count == 0 ? patch : new PatchBody
    {
        Set = patch.Set,
        Unset = patch.Unset,
        Inc = [.. patch.Inc.Where(inc => this[FieldPath.Of(inc.Key)] != FieldKind.Counter)],
        Add = [.. patch.Add.Where(add => this[FieldPath.Of(add.Key)] != FieldKind.Set)],
        Remove = [.. patch.Remove.Where(remove => this[FieldPath.Of(remove.Key)] != FieldKind.Set)],
    };
}
