using System.Net;
using MyriadSync.ConformanceTests.Gateways;

namespace MyriadSync.ConformanceTests.HBase;

/// <summary><c>GET /{table}/{row}[/{columns}[/{from},{to}]][?v=N]</c>.</summary>
public abstract class RowReadTests<TGateway>(SharedTable<TGateway> table) : GatewayTests<TGateway>(table)
    where TGateway : IGateway
{
    [Theory]
    [InlineData("", "d:@7=e | d:a@100=v2 | d:b@6=b6 | m:x@7=e")]
    [InlineData("/", "d:@7=e | d:a@100=v2 | d:b@6=b6 | m:x@7=e")]
    [InlineData("?v=9", "d:@7=e | d:a@100=v2 | d:b@6=b6 | d:b@5=b5 | m:x@7=e")]
    [InlineData("/d:a,d:b", "d:a@100=v2 | d:b@6=b6")]
    [InlineData("/m,d:b,d:a", "d:a@100=v2 | d:b@6=b6 | m:x@7=e")]
    [InlineData("/d", "d:@7=e | d:a@100=v2 | d:b@6=b6")]
    [InlineData("/d:", "d:@7=e")]
    [InlineData("/d,d:a", "d:a@100=v2")]
    [InlineData("/d:a,d", "d:a@100=v2")]
    [InlineData("/d/1,101?v=2", "d:@7=e | d:a@100=v2 | d:b@6=b6 | d:b@5=b5")]
    [InlineData("/d:b/5,6?v=9", "d:b@5=b5")]
    [InlineData("/d/6", "d:b@5=b5")]
    [InlineData("/d/6,6", "")]
    [InlineData("/d:zzz", "")]
    [InlineData("/zz", "")]
    [InlineData("/d,zz", "")]
    public async Task Read_PartOfARow_ShowsWhatWasAskedFor(string rest, string expected)
    {
        await PutAsync((Row, "d:a", 100, "v2"), (Row, "d:b", 5, "b5"), (Row, "d:b", 6, "b6"), (Row, "d:", 7, "e"), (Row, "m:x", 7, "e"));

        var cells = await ReadAsync(rest);

        Assert.Equal(expected, cells);
    }

    [Fact]
    public async Task Read_FamilyOfOneVersion_StillHasTheHiddenOneInATimeRange()
    {
        await PutAsync((Row, "m:a", 100, "new"));
        await PutAsync((Row, "m:a", 50, "late"));

        var versions = await ReadAsync("?v=9");
        var range = await ReadAsync("/m:a/0,60");

        Assert.Equal("m:a@100=new", versions);
        Assert.Equal("m:a@50=late", range);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("none/d:a")]
    public async Task Read_NothingThere_AnswersNotFound(string path)
    {
        var reply = await Client.GetAsync($"/{Table}/{path}");

        reply.Expect(HttpStatusCode.NotFound);
        Assert.Equal("Not found\r\n", reply.Body);
        Assert.Equal("text/plain", reply.ContentType);
    }

    [Fact]
    public async Task Read_MissingTable_AnswersNotFoundAsForAMissingRow()
    {
        var reply = await Client.GetAsync($"/{Shared.NewName()}/{Row}");

        reply.Expect(HttpStatusCode.NotFound);
        Assert.Equal("Not found\r\n", reply.Body);
    }

    [Theory]
    [InlineData("/d/5,1", HttpStatusCode.BadRequest)]
    [InlineData("/d/-5", HttpStatusCode.BadRequest)]
    [InlineData("/d/x", HttpStatusCode.InternalServerError)]
    [InlineData("/d/,7", HttpStatusCode.InternalServerError)]
    [InlineData("?v=0", HttpStatusCode.ServiceUnavailable)]
    [InlineData("?v=-1", HttpStatusCode.ServiceUnavailable)]
    [InlineData("?v=x", HttpStatusCode.InternalServerError)]
    public async Task Read_BadNumbers_Fails(string rest, HttpStatusCode expected)
    {
        var reply = await Client.GetAsync($"/{Table}/{Row}{rest}");

        reply.Expect(expected);
    }

    [Fact]
    public async Task Read_UnknownFormat_Answers406()
    {
        var reply = await Client.GetAsync($"/{Table}/{Row}", "image/png");

        reply.Expect(HttpStatusCode.NotAcceptable);
    }

    [Fact]
    public async Task Read_AcceptingGzip_AnswersPacked()
    {
        await PutAsync((Row, "d:a", 1, new string('x', 2000)));
        var request = new HttpRequestMessage(HttpMethod.Get, Client.Url($"/{Table}/{Row}"));
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");

        var reply = await Client.SendAsync(request);

        reply.Expect(HttpStatusCode.OK);
        Assert.Equal(["gzip"], reply.Message.Content.Headers.ContentEncoding);
        await using var unpacked = new System.IO.Compression.GZipStream(
            await reply.Message.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        Assert.Equal(new string('x', 2000), Cell.Parse(await reader.ReadToEndAsync(TestContext.Current.CancellationToken))[0].Value);
    }

    [Theory]
    [InlineData("%00")]
    [InlineData("%zz")]
    public async Task Read_PathThatIsNone_Answers400(string row)
    {
        var reply = await Client.GetAsync($"/{Table}/{row}");

        reply.Expect(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Read_Bytes_AreAsTheGatewayWritesThem()
    {
        await PutAsync((Row, "d:a", 100, "1"), (Row, "m:rev", 100, "2"));

        var reply = await Client.GetAsync($"/{Table}/{Row}");

        Assert.Equal("application/json", reply.ContentType);
        Assert.Equal(
            $$"""{"Row":[{"key":"{{Json.Base64(Row)}}","Cell":[{"column":"ZDph","timestamp":100,"$":"MQ=="},{"column":"bTpyZXY=","timestamp":100,"$":"Mg=="}]}]}""", reply.Body);
    }
}
