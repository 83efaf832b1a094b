using System.Buffers;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform;

/// <summary>
/// A store that keeps keys in its values (<see cref="KeyPath"/>) has one key a record: what a change writes where the key stands must be the key that it is
/// sent under, or IndexedDB would file the record under another one than the cluster. Pure.
/// </summary>
internal static class KeyPathRule
{
    /// <summary>Reason of a change whose value says another key than the change, or none.</summary>
    public const string Reason = "key-path";

    /// <summary>Null: the change may go on.</summary>
    /// <param name="keyPath">The store's.</param>
    /// <param name="change">A sound put, patch or delete in the current schema version.</param>
    /// <returns>A refusal whose pointer is relative to the change.</returns>
    public static Refusal? Check(KeyPath keyPath, Change change)
    {
        var keys = change.Op == ChangeOp.Delete ? [] : Keys(keyPath, change.Key);
        for (var i = 0; i < (change.Op == ChangeOp.Delete ? 0 : keyPath.Paths.Count); i++)
        {
            var names = keyPath.Paths[i].Split('.');
            var key = i < keys.Count ? keys[i] : default;
            var refusal = change.Op == ChangeOp.Put
                ? Holds(change.Value!.Json, names, key) ? null : Refuse("/value" + Pointer(names))
                : Check(change.Patch!, Pointer(names), key);
            if (refusal is not null)
            {
                return refusal;
            }
        }

        return null;
    }

    private static Refusal? Check(PatchBody patch, string pointer, ReadOnlyMemory<byte> key)
    {
        foreach (var (at, json) in patch.Set)
        {
            var isWrong = at == pointer ? !json.Span.SequenceEqual(key.Span)
                : IsIn(pointer, at) ? !Holds(json, [.. pointer[(at.Length + 1)..].Split('/').Select(Name)], key)
                : IsIn(at, pointer);
            if (isWrong)
            {
                return Refuse("/set/" + Escaped(at));
            }
        }

        return Touched("unset", patch.Unset) ?? Touched("inc", patch.Inc.Select(inc => inc.Key)) ?? Touched("add", patch.Add.Select(add => add.Key)) ?? Touched("remove", patch.Remove.Select(remove => remove.Key));

        Refusal? Touched(string verb, IEnumerable<string> pointers) =>
            pointers.FirstOrDefault(at => at == pointer || IsIn(pointer, at) || IsIn(at, pointer)) is not { } found ? null : Refuse(verb == "unset" ? "/unset" : $"/{verb}/{Escaped(found)}");
    }

    private static bool Holds(ReadOnlyMemory<byte> json, IEnumerable<string> names, ReadOnlyMemory<byte> key)
    {
        foreach (var name in names)
        {
            var field = CanonicalParts.TryGetFields(json, out var fields) ? fields.FindIndex(field => field.Name == name) : -1;
            if (field < 0)
            {
                return false;
            }

            json = fields[field].Json;
        }

        return json.Span.SequenceEqual(key.Span);
    }

    /// <summary>The key, or each element of a compound one, as it stands in a value; fewer than paths: it is no such key.</summary>
    private static List<ReadOnlyMemory<byte>> Keys(KeyPath keyPath, RecordKey key)
    {
        var json = new ArrayBufferWriter<byte>();
        key.WriteJson(json);
        return !keyPath.IsCompound ? [json.WrittenMemory]
            : CanonicalParts.TryGetElements(json.WrittenMemory, out _, out var elements) && elements.Count == keyPath.Paths.Count ? elements : [];
    }

    private static bool IsIn(string pointer, string other) => pointer.Length > other.Length && pointer.StartsWith(other, StringComparison.Ordinal) && pointer[other.Length] == '/';

    private static string Pointer(IEnumerable<string> names) => string.Concat(names.Select(name => "/" + Escaped(name)));

    private static string Escaped(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string Name(string escaped) => escaped.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static Refusal Refuse(string pointer) => new(Reason, pointer, "The store keeps the key in the value, and here stands another one than the change is sent under, or none.");
}
