using MyriadSync.Cli.Types;
using MyriadSync.Configuration.Stores;

namespace MyriadSync.IntegrationTests.Stores;

/// <summary>Types that are generated of store files, held by golden files; <c>tsc --strict</c> takes them, and client/ compiles them with its own schema.</summary>
public sealed class TypesTests
{
    [Fact]
    public async Task Types_StoresOfTheApp_AreTheGoldenFile()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "stores.ts");

        var exitCode = await TypesCommand.RunAsync([file, "--stores", Path.Combine(Repository.Root, "functions", "stores")]);

        Assert.Equal(0, exitCode);
        Assert.Equal(Golden("stores.ts"), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Types_EverythingASchemaCanSay_IsTheGoldenFile()
    {
        const string Json = """
            {
              "store": "all-of.it", "keyPath": ["at", "n"], "kinds": { "/n": "counter" },
              "schema": {
                "$defs": { "tree": { "type": "object", "properties": { "left": { "$ref": "#/$defs/tree" } } }, "id": { "type": ["string", "number"] } },
                "type": "object",
                "properties": {
                  "at": { "$ref": "./store.schema.json#/$defs/date" }, "n": { "type": "integer" }, "id": { "$ref": "#/$defs/id" },
                  "bytes": { "$ref": "./store.schema.json#/$defs/binary", "description": "Raw */ bytes." },
                  "big": { "$ref": "./store.schema.json#/$defs/bigint" }, "map": { "$ref": "./store.schema.json#/$defs/map" },
                  "names": { "type": "object", "properties": { "$set": { "type": "array", "items": { "type": "string" } } }, "required": ["$set"] },
                  "any": {}, "never": false, "open": { "type": "object" }, "empty": { "type": "object", "additionalProperties": false },
                  "pair": { "type": "array", "prefixItems": [{ "type": "string" }, { "type": "number" }], "items": false, "minItems": 1 },
                  "mixed": { "type": "array", "items": { "anyOf": [{ "type": "string" }, { "type": "null" }] } },
                  "kind": { "enum": ["a", "it's", 1, null] }, "one": { "const": true },
                  "both": { "allOf": [{ "type": "object", "properties": { "x": { "type": "number" } }, "required": ["x"] }, { "type": "object", "properties": { "y": { "type": "number" } } }] },
                  "some-name": { "type": "boolean" }, "tree": { "$ref": "#/$defs/tree" }
                },
                "required": ["at", "n", "extra"]
              }
            }
            """;
        var (store, faults) = StoreFileReader.Read("all-of.it.json", System.Text.Encoding.UTF8.GetBytes(Json));

        var types = TypeScript.Of([store!]);

        Assert.Empty(faults);
        Assert.Equal(Golden("everything.ts"), types);
    }

    private static string Golden(string name) => File.ReadAllText(Path.Combine(Repository.Root, "tests", "golden", "types", name));
}
