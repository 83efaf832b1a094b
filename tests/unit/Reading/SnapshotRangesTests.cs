using Microsoft.Extensions.Options;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Tables;
using MyriadSync.Pipeline.Transform;
using MyriadSync.Reading;

namespace MyriadSync.UnitTests.Reading;

public class SnapshotRangesTests
{
    private static readonly RecordPlaces NoTables = new(Catalog());
    private static readonly RecordPlaces TableOfC = new(Catalog(new StoreDefinition
    {
        Name = "c",
        Table = new ExistingTable { Name = "shop:c", Keys = new Utf8RowKeys(), Dataset = "d", SyncFamily = "sync" },
    }));

    [Fact]
    public void Of_HiddenStores_LeavesTheirRowsOut()
    {
        var ranges = SnapshotRanges.Of("d", new ReadScope { Hidden = ["b", "a"] }, NoTables);

        Assert.Equal([("d~", "d~a~"), ("d~a\x7F", "d~b~"), ("d~b\x7F", "d\x7F")], ranges.Select(range => (range.Start, range.End)));
    }

    [Fact]
    public void Of_StoresAskedFor_AreThoseThatMayBeSeen()
    {
        var ranges = SnapshotRanges.Of("d", new ReadScope { Only = ["c", "a", "b", "c"], Hidden = ["b"] }, NoTables);

        Assert.Equal([("d~a~", "d~a\x7F"), ("d~c~", "d~c\x7F")], ranges.Select(range => (range.Start, range.End)));
    }

    [Fact]
    public void Of_NothingToSee_IsEmpty()
    {
        Assert.Empty(SnapshotRanges.Of("d", new ReadScope { Nothing = true }, NoTables));
        Assert.Empty(SnapshotRanges.Of("d", new ReadScope { Only = ["b"], Hidden = ["b"] }, NoTables));
    }

    [Fact]
    public void Of_StoreWithATableOfItsOwn_StandsBetweenTheOthersInItsDatasetOnly()
    {
        var inIts = SnapshotRanges.Of("d", ReadScope.All, TableOfC);
        var inAnother = SnapshotRanges.Of("e", ReadScope.All, TableOfC);
        var asked = SnapshotRanges.Of("e", new ReadScope { Only = ["a", "c"] }, TableOfC);

        Assert.Equal([("d~", "d~c~"), ("d~c~", "d~c\x7F"), ("d~c\x7F", "d\x7F")], inIts.Select(range => (range.Start, range.End)));
        Assert.Equal([("e~", "e~c~"), ("e~c\x7F", "e\x7F")], inAnother.Select(range => (range.Start, range.End)));
        Assert.Equal("e~a~", Assert.Single(asked).Start);
    }

    private static StoreCatalog Catalog(params StoreDefinition[] stores) => new(stores, Options.Create(new StoreOptions()));
}
