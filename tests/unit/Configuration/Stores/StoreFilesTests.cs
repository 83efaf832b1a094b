using Microsoft.Extensions.Options;
using MyriadSync.Configuration.Stores;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Pipeline.Transform;

namespace MyriadSync.UnitTests.Configuration.Stores;

public sealed class StoreFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("myriadsync-stores-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_FilesOfTheApp_AreSound()
    {
        var files = StoreFiles.Load(new StoreOptions(), new TableMapOptions());

        Assert.Empty(files.Faults);
        Assert.Equal(["cities", "todos", "verdicts"], files.Stores.Select(store => store.Name));
        var todos = files.Stores[1];
        Assert.Equal((ConflictPolicy.FieldMerge, FieldKind.Counter, FieldKind.Set), (todos.Policy, todos.Kinds["/votes"], todos.Kinds["/tags"]));
        Assert.Equal(CellEncoding.Double, files.Stores[0].Mapping.Fields["lat"].Encoding);
    }

    [Fact]
    public void Validate_FaultsInTwoFiles_TellsAllOfBoth()
    {
        File.WriteAllText(Path.Combine(_folder, "a.json"), """{"store":"a","policy":"x"}""");
        File.WriteAllText(Path.Combine(_folder, "b.json"), """{"store":"c","kinds":{"v":"set"}}""");
        File.WriteAllText(Path.Combine(_folder, "store.schema.json"), "{}");

        var result = new StoreOptionsValidator([], Options.Create(new TableMapOptions())).Validate(null, new StoreOptions { Folder = _folder });

        Assert.True(result.Failed);
        Assert.Equal(["Stores: a.json#/policy:", "Stores: b.json#/store:", "Stores: b.json#/kinds/v:"], result.Failures.Select(failure => failure[..(failure.IndexOf(": ", 8, StringComparison.Ordinal) + 1)]));
    }

    [Fact]
    public void Validate_FolderThatIsNotThere_SaysWhere()
    {
        var result = new StoreOptionsValidator([], Options.Create(new TableMapOptions())).Validate(null, new StoreOptions { Folder = Path.Combine(_folder, "none") });

        Assert.Contains("There is no such folder", Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_StoreInATableOfDatasets_NamesThem()
    {
        File.WriteAllText(Path.Combine(_folder, "a.json"), """{"store":"a","table":{"name":"shop:orders","key":"utf8","dataset":"d","sync":{"family":"s"}},"mapping":{}}""");
        var tables = new TableMapOptions { Groups = { new() { Datasets = "team-*", Table = "shop:orders" } } };

        var result = new StoreOptionsValidator([], Options.Create(tables)).Validate(null, new StoreOptions { Folder = _folder });

        Assert.Equal(["Stores: a.json#/table/name: The table shop:orders is taken already, by the datasets team-*."], result.Failures);
    }

    [Fact]
    public void Validate_TwoStoresInOneTable_NamesWhoseItIs()
    {
        const string Rest = """ "key":"utf8","dataset":"d","sync":{"table":"ours"}},"mapping":{} """;
        File.WriteAllText(Path.Combine(_folder, "a.json"), $$"""{"store":"a","table":{"name":"theirs",{{Rest}}}""");
        File.WriteAllText(Path.Combine(_folder, "b.json"), $$"""{"store":"b","table":{"name":"theirs",{{Rest}}}""");

        var result = new StoreOptionsValidator([], Options.Create(new TableMapOptions())).Validate(null, new StoreOptions { Folder = _folder });

        Assert.Equal(
            ["Stores: b.json#/table/name: The table theirs is taken already, by store a.", "Stores: b.json#/table/sync/table: The table ours is taken already, by store a."],
            result.Failures);
    }

    [Fact]
    public void Catalog_UndeclaredStore_IsTakenOnlyWhereAllowed()
    {
        var stores = StoreFiles.Load(new StoreOptions(), new TableMapOptions()).Stores;

        Assert.Null(new StoreCatalog(stores, Options.Create(new StoreOptions())).Find("other"));
        Assert.Equal(ConflictPolicy.LastWriteWins, new StoreCatalog(stores, Options.Create(new StoreOptions { AllowUndeclared = true })).Find("other")!.Policy);
        Assert.Equal("todos", new StoreCatalog(stores, Options.Create(new StoreOptions())).Find("todos")!.Name);
    }
}
