using MyriadSync.Contracts;
using MyriadSync.Reading;

namespace MyriadSync.UnitTests.Reading;

public class SnapshotRangesTests
{
    [Fact]
    public void Of_HiddenStores_LeavesTheirRowsOut()
    {
        var ranges = SnapshotRanges.Of("d", new ReadScope { Hidden = ["b", "a"] });

        Assert.Equal([("d~", "d~a~"), ("d~a\x7F", "d~b~"), ("d~b\x7F", "d\x7F")], ranges.Select(range => (range.Start, range.End)));
    }

    [Fact]
    public void Of_StoresAskedFor_AreThoseThatMayBeSeen()
    {
        var ranges = SnapshotRanges.Of("d", new ReadScope { Only = ["c", "a", "b", "c"], Hidden = ["b"] });

        Assert.Equal([("d~a~", "d~a\x7F"), ("d~c~", "d~c\x7F")], ranges.Select(range => (range.Start, range.End)));
    }

    [Fact]
    public void Of_NothingToSee_IsEmpty()
    {
        Assert.Empty(SnapshotRanges.Of("d", new ReadScope { Nothing = true }));
        Assert.Empty(SnapshotRanges.Of("d", new ReadScope { Only = ["b"], Hidden = ["b"] }));
    }
}
