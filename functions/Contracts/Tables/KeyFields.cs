using System.Runtime.InteropServices;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts.Tables;

/// <summary>Fields of a record that lie in the row key alone: what they are, the key says.</summary>
internal static class KeyFields
{
    /// <summary>The index that stands for the key as a whole.</summary>
    public const int Whole = -1;

    /// <summary>The fields with their values in canonical JSON.</summary>
    public static IEnumerable<RecordField> Of(StoreMapping mapping, RecordKey key)
    {
        if (mapping.KeyFields.Count == 0)
        {
            return [];
        }

        var elements = KeyElements.Of(key, out var isArray);
        return mapping.KeyFields
            .Where(field => field.Value == Whole ? !isArray : isArray && field.Value < elements.Count)
            .Select(field => new RecordField(field.Key, Canonical(elements[Math.Max(field.Value, 0)])));
    }

    private static ReadOnlyMemory<byte> Canonical(System.Text.Json.JsonElement element) =>
        CanonicalJson.TryRead(JsonMarshal.GetRawUtf8Value(element), ValueLimits.Default, out var json, out _)
            ? json
            : throw new InvalidDataException("An element of a key is no value.");
}
