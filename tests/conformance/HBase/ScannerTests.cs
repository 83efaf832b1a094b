using System.Net;
using MyriadSync.ConformanceTests.Gateways;

namespace MyriadSync.ConformanceTests.HBase;

/// <summary><c>/{table}/scanner</c>: scans that one gateway process remembers.</summary>
public abstract class ScannerTests<TGateway>(SharedTable<TGateway> table) : GatewayTests<TGateway>(table)
    where TGateway : IGateway
{
    [Fact]
    public async Task Scanner_BatchInsideARow_CutsItAndGoesOn()
    {
        await PutAsync([.. "abcde".SelectMany(key => new[] { ($"{Row}{key}", "d:a", (long?)1, "1"), ($"{Row}{key}", "m:x", 1, "2") })]);
        var scanner = await CreateAsync($$"""{"batch":3,"startRow":"{{Json.Base64(Row)}}","endRow":"{{Json.Base64(Row + "z")}}"}""");

        var pages = new List<string>();
        Reply page;
        while ((page = await Client.GetAsync(scanner)).Status == HttpStatusCode.OK)
            pages.Add(string.Join(' ', page.Cells.Select(cell => cell.Row[Row.Length..] + cell.Column)));

        page.Expect(HttpStatusCode.NoContent);
        Assert.Equal(["ad:a am:x bd:a", "bm:x cd:a cm:x", "dd:a dm:x ed:a", "em:x"], pages);
    }

    [Fact]
    public async Task Scanner_FamilyAndTimeRange_ReturnsThoseCells()
    {
        await PutAsync((Row + "a", "d:a", 5, "1"), (Row + "b", "d:a", 6, "1"), (Row + "b", "m:a", 6, "1"), (Row + "c", "d:a", 7, "1"));
        var scanner = await CreateAsync(
            $$"""{"batch":100,"startRow":"{{Json.Base64(Row)}}","column":["{{Json.Base64("d")}}"],"startTime":6,"endTime":7,"caching":3}""");

        var page = await Client.GetAsync(scanner);

        Assert.Equal($"{Row}b d:a@6=1", page.Expect(HttpStatusCode.OK).Text);
        (await Client.GetAsync(scanner)).Expect(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Scanner_MaxVersions_ShowsThem()
    {
        await PutAsync((Row, "d:a", 5, "1"), (Row, "d:a", 6, "2"), (Row, "d:a", 7, "3"));
        var scanner = await CreateAsync($$"""{"batch":100,"startRow":"{{Json.Base64(Row)}}","endRow":"{{Json.Base64(Row + "z")}}","maxVersions":2}""");

        var page = await Client.GetAsync(scanner);

        Assert.Equal($"{Row} d:a@7=3 | {Row} d:a@6=2", page.Expect(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task Scanner_FamilyWithColon_MeansTheEmptyQualifier()
    {
        await PutAsync((Row, "d:a", 5, "1"));
        var scanner = await CreateAsync($$"""{"batch":100,"startRow":"{{Json.Base64(Row)}}","endRow":"{{Json.Base64(Row + "z")}}","column":["{{Json.Base64("d:")}}"]}""");

        var page = await Client.GetAsync(scanner);

        page.Expect(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Scanner_Deleted_IsNotFound()
    {
        var scanner = await CreateAsync("""{"batch":1}""");

        (await Client.DeleteAsync(scanner)).Expect(HttpStatusCode.OK);

        (await Client.GetAsync(scanner)).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Scanner_UnknownFamily_IsMadeAndFindsNothing()
    {
        var scanner = await CreateAsync($$"""{"batch":10,"column":["{{Json.Base64("zz:")}}"]}""");

        (await Client.GetAsync(scanner)).Expect(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Scanner_MissingTable_IsMadeAndFailsAtTheFirstRead()
    {
        var created = (await Client.PostAsync($"/{Shared.NewName()}/scanner", """{"batch":1}""")).Expect(HttpStatusCode.Created);

        var page = await Client.GetAsync(created.Message.Headers.Location!.AbsolutePath);

        page.Expect(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"batch":10,"limit":3}""")]
    [InlineData("""{"batch":10,"reversed":false}""")]
    [InlineData("")]
    public async Task Scanner_UnknownFieldOrNoBody_Answers500(string body)
    {
        var reply = await Client.PostAsync($"/{Table}/scanner", body);

        reply.Expect(HttpStatusCode.InternalServerError);
    }

    private async Task<string> CreateAsync(string body)
    {
        var created = (await Client.PostAsync($"/{Table}/scanner", body)).Expect(HttpStatusCode.Created);
        Assert.Equal("", created.Body);
        return created.Message.Headers.Location!.AbsolutePath;
    }
}
