using Microsoft.Extensions.Options;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Tables;
using MyriadSync.Pipeline.Transform;

namespace MyriadSync.UnitTests.Contracts.Tables;

public sealed class RecordPlacesTests
{
    private static readonly ExistingTable Goods = new() { Name = "shop:goods", Keys = new Int64RowKeys(ordered: false), Dataset = "shop", SyncFamily = "sync" };
    private static readonly ExistingTable Orders = new()
    {
        Name = "shop:orders",
        Keys = new TemplateRowKeys("", [new("dataset", -1, false, "|"), new("id", 0, false, "")]),
        SyncTable = "shop:orders-sync",
    };

    private static readonly RecordPlaces Places = new(new StoreCatalog(
        [new StoreDefinition { Name = "goods", Table = Goods }, new StoreDefinition { Name = "orders", Table = Orders }, new StoreDefinition { Name = "plain" }],
        Options.Create(new StoreOptions())));

    [Fact]
    public void TryPlace_RecordOfAnExistingTable_IsItsRowThere()
    {
        var key = RowKeys.Compose("shop", "goods", RowKeyCodecTests.Key("7"));

        Assert.True(Places.TryPlace(key, out var place));
        Assert.Equal(("shop:goods", "\0\0\0\0\0\0\0\u0007"), (place.Table.Name, place.RowKey));
        Assert.Equal(key, Places.KeyOf("shop:goods", place.RowKey!));
    }

    [Fact]
    public void TryPlace_TableOfSeveralDatasets_HasTheirNamesInItsRows()
    {
        var key = RowKeys.Compose("north", "orders", RowKeyCodecTests.Key("\"a\""));

        Assert.True(Places.TryPlace(key, out var place));
        Assert.Equal("north|a", place.RowKey);
        Assert.Equal(key, Places.KeyOf("shop:orders", "north|a"));
        Assert.Null(Places.KeyOf("shop:orders", "no dataset"));
    }

    [Theory]
    [InlineData("elsewhere", "7")]
    [InlineData("shop", "\"seven\"")]
    public void TryPlace_NoRowThere_SaysSo(string dataset, string key)
    {
        Assert.True(Places.TryPlace(RowKeys.Compose(dataset, "goods", RowKeyCodecTests.Key(key)), out var place));

        Assert.Null(place.RowKey);
        Assert.Null(Places.PositionOf(dataset, new RecordId("goods", RowKeyCodecTests.Key(key))));
    }

    [Theory]
    [InlineData("shop~goods~", true)]
    [InlineData("shop~goods~0000000000000007", true)]
    [InlineData("shop~goods~00000000000000070", false)]
    [InlineData("shop~goods~zz", false)]
    [InlineData("shop~plain~zz", true)]
    [InlineData("shop~goods\u007f", true)]
    public void IsPosition_TextFromOutside_IsOneOfAnExistingTableOnlyInHexadecimal(string text, bool expected) => Assert.Equal(expected, Places.IsPosition(text));

    [Fact]
    public void TryPlace_OtherStores_LieWhereTheyAre()
    {
        var key = RowKeys.Compose("shop", "plain", RowKeyCodecTests.Key("7"));

        Assert.False(Places.TryPlace(key, out _));
        Assert.Equal(key, Places.PositionOf("shop", new RecordId("plain", RowKeyCodecTests.Key("7"))));
    }

    [Fact]
    public void PositionOf_Records_FollowTheTablesOrder()
    {
        string[] positions = [.. new[] { "0", "300", "-1" }.Select(key => Places.PositionOf("shop", new RecordId("goods", RowKeyCodecTests.Key(key)))!)];
        var range = RowKeys.StoreRange("shop", "goods");

        Assert.Equal(positions.Order(StringComparer.Ordinal), positions);
        Assert.All(positions, position => Assert.True(string.CompareOrdinal(range.Start, position) < 0 && string.CompareOrdinal(position, range.End) < 0));
        Assert.True(Places.TryRead(positions[1], out var table, out var dataset, out var rowKey));
        Assert.Equal((Goods, "shop", "\0\0\0\0\0\0\u0001\u002c"), (table, dataset, rowKey));
    }

    [Fact]
    public void TryRead_BeginningOfAStore_IsTheDatasetsFirstRow()
    {
        Assert.True(Places.TryRead("north~orders~", out _, out var dataset, out var rowKey));
        Assert.False(Places.TryRead("north~plain~", out _, out _, out _));

        Assert.Equal(("north", "north|"), (dataset, rowKey));
    }
}
