using CsCheck;
using MyriadSync.Myriad;
using MyriadSync.Myriad.HBase;

namespace MyriadSync.UnitTests.Myriad.HBase;

public sealed class SplitsTests
{
    [Fact]
    public void ForMultiget_AnyKeys_KeepsOrderAndRoom() => Gen.Select(Gen.Int[1, 400].Array[0, 900], Gen.Int[500, 8000]).Sample((lengths, room) =>
    {
        string[] keys = [.. lengths.Select((length, i) => $"{i}".PadRight(length, 'k'))];

        var parts = Splits.ForMultiget(keys, room).ToList();

        Assert.Equal(keys, parts.SelectMany(part => part));
        Assert.All(parts, part => Assert.InRange(part.Count, 1, 200));
        Assert.All(parts, part => Assert.InRange(part.Sum(GatewayPaths.MultigetRow), 1, room));
    });

    [Fact]
    public void ForPut_ManySmallRows_AreCutByCount()
    {
        RowPut[] rows = [.. Enumerable.Range(0, 2001).Select(i => StoreUnderTest.Put($"k{i}"))];

        var parts = Splits.ForPut(rows).ToList();

        Assert.Equal([1000, 1000, 1], parts.Select(part => part.Count));
    }

    [Fact]
    public void ForPut_LargeRows_AreCutByBytesAndOneAloneMayExceedThem()
    {
        RowPut[] rows = [Large(1), Large(1), Large(5), Large(1), Large(1), Large(1), Large(1)];

        var parts = Splits.ForPut(rows).ToList();

        Assert.Equal([2, 1, 2, 2], parts.Select(part => part.Count));

        static RowPut Large(int mebibytes) => new("k", [new("d:a", 5, new byte[mebibytes * 1024 * 1024])]);
    }

    [Fact]
    public void ForDelete_LongColumns_AreCutByRoom()
    {
        string[] columns = [.. Enumerable.Range(0, 10).Select(i => $"d:{new string('c', 97)}{i}")];

        var parts = Splits.ForDelete(columns, 350).ToList();

        Assert.Equal([3, 3, 3, 1], parts.Select(part => part.Count));
    }
}
