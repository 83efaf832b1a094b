using System.Runtime.InteropServices;
using System.Text.Json;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Pipeline.Transform.Schema;

namespace MyriadSync.Configuration.Stores;

/// <summary>Reads one store's file (docs/STORES.md). It goes on after a fault, so that all faults of a file are told at once.</summary>
internal static class StoreFileReader
{
    private static readonly Dictionary<string, ConflictPolicy> Policies = new()
    {
        ["last-write-wins"] = ConflictPolicy.LastWriteWins,
        ["field-merge"] = ConflictPolicy.FieldMerge,
        ["client-wins"] = ConflictPolicy.ClientWins,
        ["server-wins"] = ConflictPolicy.ServerWins,
        ["reject"] = ConflictPolicy.Reject,
        ["manual"] = ConflictPolicy.Manual,
    };

    /// <summary>The store, and what is wrong with its file; with a fault, the store is what could be made of the rest.</summary>
    /// <param name="file">The file's name, <c>{store}.json</c>.</param>
    /// <param name="content">The file.</param>
    public static (StoreDefinition? Store, IReadOnlyList<StoreFault> Faults) Read(string file, ReadOnlyMemory<byte> content)
    {
        var faults = new JsonFaults(file);
        try
        {
            using var document = JsonDocument.Parse(content, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return (Read(new JsonPart(document.RootElement, "", faults), Path.GetFileNameWithoutExtension(file)), faults.All);
        }
        catch (JsonException e)
        {
            faults.Add("", $"This is no JSON, or a member stands in it twice (line {e.LineNumber + 1}): {e.Message}");
            return (null, faults.All);
        }
    }

    private static StoreDefinition Read(JsonPart root, string fileName)
    {
        var members = root.Members("$schema", "store", "keyPath", "policy", "kinds", "schema", "mapping", "transformer", "table", "access", "migrations");
        var name = members.TryGetValue("store", out var store) ? store.Text() : null;
        if (root.Json.ValueKind == JsonValueKind.Object && !members.ContainsKey("store"))
        {
            root.Fault("The member store is missing: the store's name, which is the file's as well.");
        }
        else if (name is not null && !NameRules.IsStore(name))
        {
            store.Fault("A store's name is 1 to 64 of A-Z a-z 0-9 - _ . and begins with a letter or digit.");
        }
        else if (name is not null && name != fileName)
        {
            store.Fault($"The store is called otherwise than its file; allowed: {fileName}.");
        }

        var schema = members.TryGetValue("schema", out var rules) ? rules : default(JsonPart?);
        var compiled = schema is { } part ? new SchemaCompiler((pointer, detail) => part.Faults.Add(part.Pointer + pointer, detail)).Compile(part.Json) : null;
        var (policy, resolver) = members.TryGetValue("policy", out var decided) ? ReadPolicy(decided) : (ConflictPolicy.LastWriteWins, null);
        var transformer = members.TryGetValue("transformer", out var code) ? code.Text() : null;

        // A transformer stands between the client's fields and those of the mapping: the one says nothing of the other.
        var mapping = members.TryGetValue("mapping", out var mapped) ? MappingReader.Read(mapped, transformer is null ? compiled : null, transformer, members.ContainsKey("table")) : StoreMapping.Plain;
        if (transformer is not null && !members.ContainsKey("mapping"))
        {
            code.Fault("A store with a transformer needs a mapping: of the fields that the transformer makes.");
        }

        if (members.TryGetValue("table", out var existing) && !members.ContainsKey("mapping"))
        {
            existing.Fault("A store with a table that is there already needs a mapping: of the columns that are its.");
        }

        var stored = transformer is null ? mapping : StoreMapping.Plain;
        // Fields of the key path without a column lie in the row key: they are dropped nowhere.
        var path = members.TryGetValue("keyPath", out var keyPath)
            ? KeyPathReader.Read(keyPath, compiled, members.ContainsKey("table") ? stored with { Others = OtherFields.Reject } : stored)
            : null;
        if (members.ContainsKey("table") && path is not null && transformer is null)
        {
            mapping = mapping with { KeyFields = TableReader.KeyFieldsOf(keyPath, path, mapping) };
        }

        return new StoreDefinition
        {
            Name = name ?? fileName,
            KeyPath = path,
            Table = members.ContainsKey("table") ? TableReader.Read(existing, path, mapping) : null,
            Policy = policy,
            Resolver = resolver,
            Kinds = members.TryGetValue("kinds", out var kinds) ? KindsReader.Read(kinds, compiled, stored) : new Dictionary<string, FieldKind>(),
            Schema = schema is { } text ? (ReadOnlyMemory<byte>?)JsonMarshal.GetRawUtf8Value(text.Json).ToArray() : null,
            Mapping = mapping,
            Access = members.TryGetValue("access", out var access) ? AccessReader.Read(access) : StoreAccess.Everyone,
            Migrations = members.TryGetValue("migrations", out var migrations) ? MigrationsReader.Read(migrations) : [],
        };
    }

    private static (ConflictPolicy Policy, string? Resolver) ReadPolicy(JsonPart part)
    {
        if (part.Json.ValueKind == JsonValueKind.Object)
        {
            var members = part.Members("custom");
            if (members.TryGetValue("custom", out var name))
            {
                return (ConflictPolicy.Custom, name.Text());
            }

            part.Fault("The member custom is missing: the name that the resolver is registered by.");
            return (ConflictPolicy.Custom, null);
        }

        if (part.Json.ValueKind == JsonValueKind.String && Policies.TryGetValue(part.Json.GetString()!, out var policy))
        {
            return (policy, null);
        }

        part.Fault($"There is no such policy. Allowed: {string.Join(", ", Policies.Keys)}, and an object with custom.");
        return (ConflictPolicy.LastWriteWins, null);
    }
}
