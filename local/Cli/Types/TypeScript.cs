using System.Globalization;
using System.Text;
using System.Text.Json;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.Cli.Types;

/// <summary>Writes stores as a TypeScript module. Stores and members come in ordinal order, so that the same files give the same text.</summary>
internal static class TypeScript
{
    /// <summary>The module.</summary>
    public static string Of(IEnumerable<StoreDefinition> stores)
    {
        var text = new StringBuilder("// Written by `dotnet run --project local/Cli -- types` from the store files. Change those, and run it again.\n");
        var sorted = stores.OrderBy(store => store.Name, StringComparer.Ordinal).ToList();
        foreach (var store in sorted)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n/** A record of store {store.Name}. */\nexport type {RecordName(store)} = {Value(store)};\n");
        }

        text.Append("\n/** The stores by name: the schema of the client's database. */\nexport type Stores = {\n");
        foreach (var store in sorted)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {TypeText.Name(store.Name)}: {{ key: {KeyType.Of(store)}; value: {RecordName(store)} }};\n");
        }

        text.Append("};\n\n/** Where each store has its keys, and its fields whose concurrent edits never conflict. */\nexport const stores = {\n");
        foreach (var store in sorted)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {TypeText.Name(store.Name)}: {{ {string.Join(", ", Facts(store))} }},\n");
        }

        return text.Append("} as const;\n").ToString();
    }

    private static IEnumerable<string> Facts(StoreDefinition store)
    {
        if (store.KeyPath is { } path)
        {
            var paths = path.Paths.Select(TypeText.Literal);
            yield return $"keyPath: {(path.IsCompound ? $"[{string.Join(", ", paths)}]" : paths.Single())}";
        }

        var kinds = store.Kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => $"{TypeText.Literal(kind.Key)}: {(kind.Value == FieldKind.Counter ? "'counter'" : "'set'")}")
            .ToList();
        yield return kinds.Count == 0 ? "kinds: {}" : $"kinds: {{ {string.Join(", ", kinds)} }}";
    }

    private static string Value(StoreDefinition store)
    {
        if (store.Schema is not { } schema)
        {
            return "unknown";
        }

        using var document = JsonDocument.Parse(schema);
        return new SchemaType(document.RootElement).Of(document.RootElement, indent: "");
    }

    private static string RecordName(StoreDefinition store)
    {
        var words = store.Name.Split('-', '_', '.').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..]);
        var name = string.Concat(words);
        return char.IsAsciiLetter(name[0]) ? name + "Record" : $"Store{name}Record";
    }
}
