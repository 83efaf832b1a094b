using System.Buffers;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform;

/// <summary>
/// A store that keeps keys in its values (<see cref="KeyPath"/>) has one key a record: what a change writes where the key stands must be the key that it is
/// sent under, or IndexedDB would file the record under another one than the cluster. Where the row key alone holds the field
/// (<see cref="StoreMapping.KeyFields"/>), the record would even come back as another. Pure.
/// </summary>
internal static class KeyPathRule
{
    /// <summary>Reason of a change whose value says another key than the change, or none; <see cref="RefusalReasons.KeyMismatch"/> where the row key holds the field.</summary>
    public const string Reason = "key-path";

    /// <summary>Null: the change may go on.</summary>
    /// <param name="store">The store.</param>
    /// <param name="change">A sound put, patch or delete in the current schema version.</param>
    /// <returns>A refusal whose pointer is relative to the change.</returns>
    public static Refusal? Check(StoreDefinition store, Change change)
    {
        if (store.KeyPath is not { } keyPath || change.Op == ChangeOp.Delete)
        {
            return null;
        }

        var keys = Keys(keyPath, change.Key);
        for (var i = 0; i < keyPath.Paths.Count; i++)
        {
            var names = keyPath.Paths[i].Split('.');
            var key = i < keys.Count ? keys[i] : default;
            if ((change.Op == ChangeOp.Put ? Mismatch(change.Value!, names, key) : Mismatch(change.Patch!, names, key)) is { } pointer)
            {
                return store.Mapping.KeyFields.ContainsKey(names[0])
                    ? new(RefusalReasons.KeyMismatch, pointer, $"The field {names[0]} is part of the key, and cannot be anything else.")
                    : new(Reason, pointer, "The store keeps the key in the value, and here stands another one than the change is sent under, or none.");
            }
        }

        return null;
    }

    private static string? Mismatch(RecordValue value, string[] names, ReadOnlyMemory<byte> key) =>
        value.TryGetField(names[0], out var field) && Holds(field, names.AsSpan(1), key) ? null : "/value" + JsonPointers.Format(names);

    private static string? Mismatch(PatchBody patch, string[] names, ReadOnlyMemory<byte> key)
    {
        var place = JsonPointers.Format(names);
        foreach (var (at, json) in patch.Set)
        {
            var isWrong = JsonPointers.IsAtOrIn(place, at) ? !Holds(json, Below(names, at), key) : JsonPointers.IsAtOrIn(at, place);
            if (isWrong)
            {
                return JsonPointers.Append("/set", at);
            }
        }

        return patch.Unset.Any(Touches) ? "/unset" : Touched("inc", patch.Inc) ?? Touched("add", patch.Add) ?? Touched("remove", patch.Remove);

        bool Touches(string at) => JsonPointers.IsAtOrIn(place, at) || JsonPointers.IsAtOrIn(at, place);

        string? Touched<T>(string verb, IReadOnlyList<KeyValuePair<string, T>> places) =>
            places.Select(pair => pair.Key).FirstOrDefault(Touches) is { } found ? JsonPointers.Append("/" + verb, found) : null;
    }

    /// <summary>The names that lead on from a place over the key.</summary>
    private static ReadOnlySpan<string> Below(string[] names, string at) => names.AsSpan(at.AsSpan().Count('/'));

    private static bool Holds(ReadOnlyMemory<byte> json, ReadOnlySpan<string> names, ReadOnlyMemory<byte> key)
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
}
