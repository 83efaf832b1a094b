using System.IO.Compression;
using System.Net;
using System.Text;
using MyriadSync.ConformanceTests.Gateways;

namespace MyriadSync.ConformanceTests.HBase;

/// <summary>Any number of rows in one PUT.</summary>
public abstract class BulkWriteTests<TGateway>(SharedTable<TGateway> table) : GatewayTests<TGateway>(table)
    where TGateway : IGateway
{
    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task Write_ManyRows_StoresThemWithTheirTimestamps(string method)
    {
        var body = Json.Rows((Row, "d:a", 100, "1"), (Row, "m:rev", 100, "7"), (Row + "b", "d:a", 200, "2"));

        var reply = await Client.SendAsync(new HttpMethod(method), $"/{Table}/anything", body);

        reply.Expect(HttpStatusCode.OK);
        Assert.Equal("", reply.Body);
        Assert.Equal("d:a@100=1 | m:rev@100=7", await ReadAsync());
        Assert.Equal("d:a@200=2", await ReadAsync(row: Row + "b"));
    }

    [Fact]
    public async Task Write_NoTimestamp_TakesTheServersTime()
    {
        await PutAsync((Row, "d:a", null, "1"), (Row, "d:b", long.MaxValue, "2"));

        var cells = (await Client.GetAsync($"/{Table}/{Row}")).Cells;

        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        Assert.All(cells, cell => Assert.InRange(cell.Timestamp, now - 60_000, now + 60_000));
        Assert.Equal(cells[0].Timestamp, cells[1].Timestamp);
    }

    [Fact]
    public async Task Write_OlderAfterNewer_NewerIsReadAndOlderIsKept()
    {
        await PutAsync((Row, "d:a", 200, "new"));
        await PutAsync((Row, "d:a", 100, "late"));

        var newest = await ReadAsync();
        var all = await ReadAsync("?v=5");

        Assert.Equal("d:a@200=new", newest);
        Assert.Equal("d:a@200=new | d:a@100=late", all);
    }

    [Fact]
    public async Task Write_SameTimestampTwice_LastPutCounts()
    {
        await PutAsync((Row, "d:a", 100, "first"));
        await PutAsync((Row, "d:a", 100, "second"));
        await PutAsync((Row, "d:b", 100, "first"), (Row, "d:b", 100, "second"));

        var all = await ReadAsync("?v=5");

        Assert.Equal("d:a@100=second | d:b@100=second", all);
    }

    [Fact]
    public async Task Write_SameRowTwiceInOneBody_MergesThem()
    {
        var one = Json.Rows((Row, "d:a", 1, "a"));
        var two = Json.Rows((Row, "d:b", 1, "b"));
        var body = one[..^2] + "," + two["{\"Row\":[".Length..];

        await Client.PutAsync($"/{Table}/x", body);

        Assert.Equal("d:a@1=a | d:b@1=b", await ReadAsync());
    }

    [Fact]
    public async Task Write_MoreVersionsThanKept_ShowsTheNewest()
    {
        await PutAsync([.. Enumerable.Range(1, 7).Select(i => (Row, "d:a", (long?)i, $"{i}"))]);

        var all = await ReadAsync("?v=100");

        Assert.Equal("d:a@7=7 | d:a@6=6 | d:a@5=5 | d:a@4=4 | d:a@3=3", all);
    }

    [Fact]
    public async Task Write_UnknownFamilyInOneRow_StoresTheOthersAndAnswers404()
    {
        var body = Json.Rows((Row + "a", "d:a", 1, "1"), (Row + "b", "d:a", 1, "1"), (Row + "b", "zz:a", 1, "1"), (Row + "c", "d:a", 1, "1"));

        var reply = await Client.PutAsync($"/{Table}/x", body);

        reply.Expect(HttpStatusCode.NotFound);
        Assert.Contains("NoSuchColumnFamilyException", reply.Body, StringComparison.Ordinal);
        Assert.Equal("d:a@1=1", await ReadAsync(row: Row + "a"));
        Assert.Equal("", await ReadAsync(row: Row + "b"));
        Assert.Equal("d:a@1=1", await ReadAsync(row: Row + "c"));
    }

    [Fact]
    public async Task Write_Again_ChangesNothing()
    {
        await PutAsync((Row, "d:a", 100, "1"), (Row, "d:b", 100, "2"));
        await PutAsync((Row, "d:a", 100, "1"), (Row, "d:b", 100, "2"));

        var all = await ReadAsync("?v=5");

        Assert.Equal("d:a@100=1 | d:b@100=2", all);
    }

    [Fact]
    public async Task Write_KeyOnlyInPath_UsesIt()
    {
        var reply = await Client.PutAsync($"/{Table}/{Row}", """{"Row":[{"Cell":[{"column":"ZDph","timestamp":5,"$":"eA=="}]}]}""");

        reply.Expect(HttpStatusCode.OK);
        Assert.Equal("d:a@5=x", await ReadAsync());
    }

    [Theory]
    [InlineData("""{"Row":[]}""")]
    [InlineData("{}")]
    public async Task Write_NothingAtAll_Answers200(string body)
    {
        var reply = await Client.PutAsync($"/{Table}/x", body);

        reply.Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Write_EmptyValuesAndQualifier_AreKept()
    {
        await PutAsync((Row, "d:", 1, "q"), (Row, "d:a", 1, ""));

        var all = await ReadAsync();

        Assert.Equal("d:@1=q | d:a@1=", all);
    }

    [Fact]
    public async Task Write_EscapedJson_IsUnderstood()
    {
        var key = string.Concat(Json.Base64(Row).Select(character => $"\\u{(int)character:x4}"));

        var reply = await Client.PutAsync($"/{Table}/x", $$"""{"Row":[{"key":"{{key}}","Cell":[{"column":"ZDph","timestamp":1,"$":"\u002B\u002f8="}]}]}""");

        reply.Expect(HttpStatusCode.OK);
        Assert.Contains("\"$\":\"+/8=\"", (await Client.GetAsync($"/{Table}/{Row}")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"123\"", 123)]
    [InlineData("null", 0)]
    [InlineData("\"\"", 0)]
    [InlineData("1.7", 1)]
    [InlineData("0", 0)]
    public async Task Write_TimestampInAnotherForm_IsTakenAsANumber(string timestamp, long expected)
    {
        var row = Json.Base64(Row);

        await Client.PutAsync($"/{Table}/x", $$"""{"Row":[{"key":"{{row}}","Cell":[{"column":"ZDph","timestamp":{{timestamp}},"$":"eA=="}]}]}""");

        Assert.Equal($"d:a@{expected}=x", await ReadAsync());
    }

    [Fact]
    public async Task Write_Gzip_IsUnpacked()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Json.Rows((Row, "d:a", 9, "packed"))), TestContext.Current.CancellationToken);
        var request = new HttpRequestMessage(HttpMethod.Put, Client.Url($"/{Table}/x")) { Content = new ByteArrayContent(packed.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");

        var reply = await Client.SendAsync(request);

        reply.Expect(HttpStatusCode.OK);
        Assert.Equal("d:a@9=packed", await ReadAsync());
    }
}
