using System.Text.Json;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.Cli.Types;

/// <summary>The type of a store's keys: that of the fields that its key path names, as far as they can be keys.</summary>
internal static class KeyType
{
    private const string Any = "IDBValidKey";

    /// <summary>The type.</summary>
    public static string Of(StoreDefinition store)
    {
        if (store.KeyPath is not { } path || store.Schema is not { } schema)
        {
            return Any;
        }

        using var document = JsonDocument.Parse(schema);
        var types = path.Paths.Select(part => Of(document.RootElement, part)).ToList();
        return path.IsCompound ? $"[{string.Join(", ", types)}]" : types[0];
    }

    private static string Of(JsonElement root, string path)
    {
        var at = root;
        foreach (var name in path.Split('.'))
        {
            if (!at.TryGetProperty("properties", out var properties) || !properties.TryGetProperty(name, out at) || at.ValueKind != JsonValueKind.Object)
            {
                return Any;
            }
        }

        var type = new SchemaType(root).Of(at, "");
        return type.Split(" | ").All(part => part is "string" or "number" or "Date" || part.StartsWith('\'') || double.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out _)) ? type : Any;
    }
}
