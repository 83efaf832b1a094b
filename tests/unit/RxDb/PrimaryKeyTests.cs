using MyriadSync.Contracts.Stores;
using MyriadSync.RxDb;

namespace MyriadSync.UnitTests.RxDb;

public sealed class PrimaryKeyTests
{
    private static readonly StoreDefinition Plain = StoreDefinition.Undeclared("todos");

    [Theory]
    [InlineData(null, true, "id", false)]
    [InlineData(null, false, "id", true)]
    [InlineData("uid", false, "uid", true)]
    public void Of_StoreWithoutKeyPath_IsWhereTheClientHasIt(string? asked, bool isDeclared, string path, bool inValue)
    {
        Assert.Equal(new PrimaryKey(path, inValue), PrimaryKey.Of(Plain, asked, isDeclared));
    }

    [Fact]
    public void Of_StoreWithKeyPath_IsThat()
    {
        var store = Plain with { KeyPath = new KeyPath(["uid"], IsCompound: false) };

        Assert.Equal(new PrimaryKey("uid", InValue: true), PrimaryKey.Of(store, null, isDeclared: true));
        Assert.Null(PrimaryKey.Of(store, "id", isDeclared: true));
    }

    [Fact]
    public void Of_KeyThatNoDocumentCanHave_IsNone()
    {
        Assert.Null(PrimaryKey.Of(Plain with { KeyPath = new KeyPath(["a", "b"], IsCompound: true) }, null, isDeclared: true));
        Assert.Null(PrimaryKey.Of(Plain with { KeyPath = new KeyPath(["a.b"], IsCompound: false) }, null, isDeclared: true));
    }
}
