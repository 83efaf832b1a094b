using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Transform.Schema;

namespace MyriadSync.Configuration.Stores;

/// <summary>Reads <c>kinds</c>: JSON Pointer to kind.</summary>
internal static class KindsReader
{
    private static readonly Dictionary<string, FieldKind> Kinds = new() { ["counter"] = FieldKind.Counter, ["set"] = FieldKind.Set };

    public static Dictionary<string, FieldKind> Read(JsonPart part, CompiledSchema? schema, StoreMapping mapping)
    {
        var kinds = new Dictionary<string, FieldKind>();
        foreach (var (pointer, member) in part.Members())
        {
            if (member.Choice(Kinds) is not { } kind)
            {
                continue;
            }

            if (!JsonPointers.TryParse(pointer, out var segments) || segments.Count == 0)
            {
                member.Fault("The member's name is a JSON Pointer to a part of the record, such as /votes or /place/visits.");
                continue;
            }

            if (kinds.Keys.FirstOrDefault(other => JsonPointers.IsAtOrIn(pointer, other) || JsonPointers.IsAtOrIn(other, pointer)) is { } overlap)
            {
                member.Fault($"It lies in, or over, the field of another kind, {overlap}.");
            }

            Check(member, segments, kind, schema, mapping);
            kinds[pointer] = kind;
        }

        return kinds;
    }

    private static void Check(JsonPart part, IReadOnlyList<string> segments, FieldKind kind, CompiledSchema? schema, StoreMapping mapping)
    {
        var field = segments[0];
        var types = schema?.TypesOf(field) ?? JsonTypes.Any;
        if (schema?.Knows(field) == false)
        {
            part.Fault($"The schema has no field {field}.");
        }
        else if (segments.Count > 1 ? !types.HasFlag(JsonTypes.Object) : (types & Suitable(kind)) == 0 && types != JsonTypes.Any)
        {
            part.Fault(segments.Count > 1 ? $"By the schema, {field} is no object." : $"By the schema, {field} is of type {TypeNames.Of(types)}; allowed: {TypeNames.Of(Suitable(kind))}.");
        }

        if (!mapping.Fields.TryGetValue(field, out var mapped))
        {
            if (mapping.Others != OtherFields.Json)
            {
                part.Fault($"The mapping does not store the field {field}.");
            }
        }
        else if (mapped.Column is null)
        {
            part.Fault($"The mapping drops the field {field}.");
        }
        else if (!Encodings(kind, segments.Count).Contains(mapped.Encoding))
        {
            part.Fault($"The mapping stores {field} as {EncodingNames.Of(mapped.Encoding)}; allowed: {string.Join(", ", Encodings(kind, segments.Count).Select(EncodingNames.Of))}.");
        }
    }

    private static JsonTypes Suitable(FieldKind kind) => kind == FieldKind.Counter ? JsonTypes.Number | JsonTypes.Integer : JsonTypes.Array;

    private static CellEncoding[] Encodings(FieldKind kind, int depth) =>
        kind == FieldKind.Counter && depth == 1 ? [CellEncoding.Json, CellEncoding.Int64, CellEncoding.Double] : [CellEncoding.Json];
}
