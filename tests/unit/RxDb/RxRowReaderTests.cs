using System.Text;
using MyriadSync.Contracts;
using MyriadSync.RxDb;

namespace MyriadSync.UnitTests.RxDb;

public sealed class RxRowReaderTests
{
    [Theory]
    [InlineData("""[{"newDocumentState":{"id":"a","n":1,"_deleted":false}}]""")]
    [InlineData("""{"docs":[{"newDocumentState":{"id":"a","n":1,"_deleted":false}}]}""")]
    [InlineData("""{"more":[{}],"rows":[{"assumedMasterState":null,"newDocumentState":{"_meta":{"lwt":1},"id":"a","n":1,"_rev":"1-x","_attachments":{}}}]}""")]
    public void Read_RowsInAnyWrapping_AreTheDocumentsWithoutWhatIsRxDbs(string body)
    {
        var row = Assert.Single(Read(body).Rows);

        Assert.Equal("""{"id":"a","n":1}""", Encoding.UTF8.GetString(row.New!.Fields.Json.Span));
        Assert.Equal(("a", "Sa", false), (row.Id, row.Key.Encoded, row.New.Deleted));
        Assert.Null(row.Assumed);
        Assert.Null(row.Refusal);
    }

    [Fact]
    public void Read_KeyKeptApart_IsNoFieldOfTheValue()
    {
        var row = Assert.Single(new RxRowReader(new PrimaryKey("id", InValue: false), new SyncLimits()).Read("""[{"newDocumentState":{"id":"a","n":1}}]"""u8).Rows);

        Assert.Equal(("a", """{"n":1}"""), (row.Id, Encoding.UTF8.GetString(row.New!.Fields.Json.Span)));
    }

    [Fact]
    public void Read_TwoRowsOfADocument_AreOneEdit()
    {
        var row = Assert.Single(Read(
            """[{"assumedMasterState":{"id":"a","n":1},"newDocumentState":{"id":"a","n":2}},{"assumedMasterState":{"id":"a","n":2},"newDocumentState":{"id":"a","n":3,"_deleted":true}}]""").Rows);

        Assert.Equal("""{"id":"a","n":1}""", Encoding.UTF8.GetString(row.Assumed!.Fields.Json.Span));
        Assert.True(row.New!.Deleted);
        Assert.Null(row.New.Value);
    }

    [Theory]
    [InlineData("""[{"newDocumentState":{"id":"a","n":{"$nonsense":1}}}]""")]
    [InlineData("""[{"newDocumentState":{"id":"a","_attachments":{"photo":{}}}}]""")]
    [InlineData("""[{"assumedMasterState":{"id":"a","n":1e999},"newDocumentState":{"id":"a"}}]""")]
    public void Read_DocumentThatCannotBeARecord_IsARefusedRow(string body)
    {
        var row = Assert.Single(Read(body).Rows);

        Assert.Equal("a", row.Id);
        Assert.NotNull(row.Refusal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("""{"docs":7}""")]
    [InlineData("""[{"newDocumentState":{"id":""}}]""")]
    [InlineData("""[{"newDocumentState":{"id":"a"}}""")]
    public void Read_NoRows_SaysSo(string body)
    {
        Assert.NotNull(Read(body).Error);
    }

    [Fact]
    public void Read_MoreThanTheLimit_IsTooMany()
    {
        var reading = Read($"[{string.Join(',', Enumerable.Range(0, 1001).Select(n => $$$"""{"newDocumentState":{"id":"{{{n}}}"}}"""))}]");

        Assert.True(reading.TooMany);
    }

    private static RxRowsReading Read(string body) => new RxRowReader(new PrimaryKey("id", InValue: true), new SyncLimits()).Read(Encoding.UTF8.GetBytes(body));
}
