using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;
using MyriadSync.UnitTests.Pipeline.Resolve;

namespace MyriadSync.UnitTests.Myriad.Records;

public sealed class RecordRowsTests
{
    private const string London = """{"lang":"en","lat":51.5,"name":"London","population":9000000}""";

    [Fact]
    public void Read_RowThatPutWrote_IsTheEntryAndNotForeign()
    {
        var codec = Cities.Codec();

        var state = RecordRows.Read(Cities.Row(RecordRows.Put("r", Cities.Entry(London), 100, whole: false, codec)), codec);

        Assert.Equal(London, Build.Json(state));
        Assert.Equal((7, 100, false, false), (state.Rev, state.NewestCell, state.Foreign, state.MaybeMasked));
    }

    [Fact]
    public void Put_NewRecord_WritesTypedCellsAndConstants()
    {
        var put = RecordRows.Put("r", Cities.Entry(London), 100, whole: false, Cities.Codec());

        Assert.Equal("d:lang d:name d:pop geo:lat d:type", Cities.Data(put));
        Assert.Equal("0000000000895440", Convert.ToHexString(put.Cells.Single(cell => cell.Column == "d:pop").Value.Span));
    }

    [Fact]
    public void Put_ChangedField_WritesItsColumnAlone()
    {
        var put = RecordRows.Put("r", Cities.Entry(London, ["population", "note"]), 100, whole: false, Cities.Codec());

        Assert.Equal("d:pop", Cities.Data(put));
    }

    [Fact]
    public void Delete_RemovedFields_NamesTheirColumns()
    {
        var delete = RecordRows.Delete("r", Cities.Entry(London, [], "lat", "note", "unheard-of"), 100, Cities.Codec());

        Assert.Equal(["geo:lat"], delete!.Columns);
        Assert.Null(RecordRows.Delete("r", Cities.Entry(London, [], "note"), 100, Cities.Codec()));
    }

    [Theory]
    [InlineData(OtherFields.Json, "d geo:lat")]
    [InlineData(OtherFields.Drop, "d:lang d:name d:pop d:type geo:lat")]
    [InlineData(OtherFields.Reject, "d:lang d:name d:pop d:type geo:lat")]
    public void Delete_Tombstone_TakesWhatIsTheStoresAndNoMore(OtherFields others, string targets)
    {
        var delete = RecordRows.Delete("r", Cities.Entry(null), 100, Cities.Codec(others));

        Assert.Equal(targets, string.Join(' ', delete!.Columns));
    }

    [Fact]
    public void Read_ColumnsOfAJobAndOtherConstants_AreNotForeign()
    {
        var codec = Cities.Codec();
        var row = Cities.Row(RecordRows.Put("r", Cities.Entry(London), 100, whole: false, codec),
            new Cell("d:score", 900, Cities.Utf8("9")), new Cell("geo:lng", 900, Cities.Utf8("x")), new Cell("d:type", 900, Cities.Utf8("town")));

        var state = RecordRows.Read(row, codec);

        Assert.Equal((false, 100, London), (state.Foreign, state.NewestCell, Build.Json(state)));
    }

    [Fact]
    public void Read_TypedCellOfAJob_IsForeignInTheClientsShape()
    {
        var codec = Cities.Codec();
        var row = Cities.Row(RecordRows.Put("r", Cities.Entry(London), 100, whole: false, codec), new Cell("d:pop", 200, Convert.FromHexString("0000000000000005")));

        var state = RecordRows.Read(row, codec);

        Assert.Equal((true, 200, London.Replace("9000000", "5", StringComparison.Ordinal)), (state.Foreign, state.NewestCell, Build.Json(state)));
    }

    [Fact]
    public void Read_CellOfAnotherType_NamesItAndLeavesTheFieldOut()
    {
        var codec = Cities.Codec();
        var row = Cities.Row(RecordRows.Put("r", Cities.Entry(London), 100, whole: false, codec), new Cell("d:pop", 200, Cities.Utf8("many")), new Cell("d:lang", 201, new byte[] { 0xFF }));

        var state = RecordRows.Read(row, codec);

        Assert.Equal([("d:lang", BadCell.Default), ("d:pop", BadCell.Poison)], state.Unreadable.Select(cell => (cell.Column, cell.Then)));
        Assert.Equal("""{"lang":"en","lat":51.5,"name":"London"}""", Build.Json(state));
        Assert.True(state.Foreign);
    }

    [Fact]
    public void Read_JobsOwnColumnOnATombstone_DoesNotRevive()
    {
        var codec = Cities.Codec();
        var tombstone = RecordRows.Put("r", Cities.Entry(null), 100, whole: false, codec);

        var untouched = RecordRows.Read(Cities.Row(tombstone, new Cell("d:score", 200, Cities.Utf8("9"))), codec);
        var revived = RecordRows.Read(Cities.Row(tombstone, new Cell("d:name", 200, Cities.Utf8("Ys"))), codec);

        Assert.Equal((null, false), (Build.Json(untouched), untouched.Foreign));
        Assert.Equal(("""{"lang":"en","name":"Ys"}""", true), (Build.Json(revived), revived.Foreign));
    }
}
