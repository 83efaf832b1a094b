using System.Text;
using System.Text.Json;
using CsCheck;
using MyriadSync.Myriad;
using MyriadSync.Myriad.HBase;

namespace MyriadSync.UnitTests.Myriad.HBase;

public sealed class RowsJsonTests
{
    private static readonly Gen<Cell> Cells = Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 0, 40], Gen.Long[0, long.MaxValue], Gen.Byte.Array[0, 300])
        .Select((name, timestamp, value) => new Cell("d:" + name, timestamp, value));

    [Fact]
    public void Write_AnyRows_ReadsBackTheSameWithinItsMeasure() => Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 1200], Cells.List[0, 300]).Select((key, cells) => new RowPut(key, cells)).Array[0, 5].Sample(rows =>
    {
        using var body = new PooledBuffer(16);

        RowsJsonWriter.Write(body, rows);
        var read = RowsJsonReader.Read(body.Written.Span);

        Assert.Equal(rows.Select(Shown), read.Select(row => Shown(new(row.Key, row.Cells))));
        Assert.InRange(body.Length, 1, rows.Sum(RowsJsonWriter.Measure) + 64);
    });

    [Fact]
    public void Write_CellWithoutTimestamp_LeavesItToTheServer()
    {
        using var body = new PooledBuffer(16);

        RowsJsonWriter.Write(body, [new("k", [new("m:probe", RowsJsonWriter.NoTimestamp, default)])]);

        Assert.Equal("""{"Row":[{"key":"aw==","Cell":[{"column":"bTpwcm9iZQ==","$":""}]}]}""", Encoding.UTF8.GetString(body.Written.Span));
    }

    [Theory]
    [InlineData("""{"Row":[],"more":{"Row":[1]}}""", 0)]
    [InlineData("""{"x":[{}],"Row":[{"key":"aw==","z":[1],"Cell":[{"column":"ZDph","timestamp":1,"q":{},"$":"eA=="}]}]}""", 1)]
    [InlineData("""{"Row":[{"key":"aw=\u003d","Cell":[{"column":"ZDo\/","timestamp":1}]}]}""", 1)]
    public void Read_WhatOtherVersionsMayAddOrEscape_IsTaken(string body, int rows)
    {
        var read = RowsJsonReader.Read(Encoding.UTF8.GetBytes(body));

        Assert.Equal(rows, read.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("""{"status":"ok"}""")]
    [InlineData("""{"Row":[{"key":"aw==","Cell":[""")]
    [InlineData("""{"Row":[{"key":"aw==","Cell":[]}]""")]
    [InlineData("""{"Row":[{"Cell":[]}]}""")]
    [InlineData("""{"Row":[{"key":"aw==","Cell":[{"column":"ZDph"}]}]}""")]
    [InlineData("""{"Row":[{"key":"aw==","Cell":[{"timestamp":1}]}]}""")]
    [InlineData("""{"Row":[{"key":"a!","Cell":[]}]}""")]
    [InlineData("""{"Row":[{"key":"aw==","Cell":[{"column":"ZDph","timestamp":1,"$":"!"}]}]}""")]
    [InlineData("""{"Row":[]}{"Row":[]}""")]
    public void Read_AnythingElse_IsNoAnswer(string body)
    {
        var failure = Record.Exception(() => RowsJsonReader.Read(Encoding.UTF8.GetBytes(body)));

        Assert.True(failure is JsonException or FormatException, $"{failure}");
    }

    private static string Shown(RowPut row) =>
        row.Key + ";" + string.Join(';', row.Cells.Select(cell => $"{cell.Column}@{cell.Timestamp}={Convert.ToHexString(cell.Value.Span)}"));
}
