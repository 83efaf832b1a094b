using System.Text.Json;
using MyriadSync.Contracts.Stores;
using MyriadSync.Pipeline.Transform.Schema;

namespace MyriadSync.Configuration.Stores;

/// <summary>Reads <c>keyPath</c>: a text, or an array of texts for compound keys, as IndexedDB takes it.</summary>
internal static class KeyPathReader
{
    public static KeyPath? Read(JsonPart part, CompiledSchema? schema, StoreMapping mapping)
    {
        var isCompound = part.Json.ValueKind == JsonValueKind.Array;
        IReadOnlyList<JsonPart> parts = isCompound ? part.Elements() : [part];
        if (parts.Count == 0)
        {
            part.Fault("A compound key needs at least one path.");
            return null;
        }

        var paths = new List<string>();
        foreach (var element in parts)
        {
            if (Check(element, schema, mapping) is { } path)
            {
                paths.Add(path);
            }
        }

        return paths.Count == parts.Count ? new KeyPath(paths, isCompound) : null;
    }

    private static string? Check(JsonPart part, CompiledSchema? schema, StoreMapping mapping)
    {
        if (part.Text() is not { } path)
        {
            return null;
        }

        var field = path.Split('.')[0];
        if (path.Split('.').Any(string.IsNullOrEmpty))
        {
            part.Fault("A key path is names of fields with dots between, such as id or owner.id.");
        }
        else if (schema?.Knows(field) == false)
        {
            part.Fault($"The schema has no field {field}.");
        }
        else if (mapping.Fields.TryGetValue(field, out var mapped) ? mapped.Column is null : mapping.Others == OtherFields.Drop)
        {
            part.Fault($"The mapping drops the field {field}, and the key with it.");
        }
        else
        {
            return path;
        }

        return null;
    }
}
