using System.Net;
using MyriadSync.ConformanceTests.Gateways;

namespace MyriadSync.ConformanceTests.HBase;

/// <summary><c>GET /{table}/multiget[/{columns}]?row=…</c>.</summary>
public abstract class MultiGetTests<TGateway>(SharedTable<TGateway> table) : GatewayTests<TGateway>(table)
    where TGateway : IGateway
{
    [Fact]
    public async Task MultiGet_SomeMissing_LeavesThemOutAndKeepsTheOrderAsked()
    {
        await PutAsync((Row + "a", "d:a", 1, "a"), (Row + "b", "d:a", 2, "b"));

        var reply = await Client.GetAsync($"/{Table}/multiget?row={Row}b&row={Row}none&row={Row}a");

        Assert.Equal($"{Row}b d:a@2=b | {Row}a d:a@1=a", reply.Expect(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task MultiGet_SameRowTwice_RepeatsIt()
    {
        await PutAsync((Row, "d:a", 1, "a"));

        var reply = await Client.GetAsync($"/{Table}/multiget?row={Row}&row={Row}");

        Assert.Equal([Row, Row], reply.Expect(HttpStatusCode.OK).Rows);
    }

    [Theory]
    [InlineData("multiget?row=none&row=none2")]
    [InlineData("multiget")]
    [InlineData("multiget/")]
    public async Task MultiGet_NoneThere_Answers404(string path)
    {
        var reply = await Client.GetAsync($"/{Table}/{path}");

        reply.Expect(HttpStatusCode.NotFound);
        Assert.Equal("No rows found.\r\n", reply.Body);
        Assert.Equal("text/plain", reply.ContentType);
    }

    [Theory]
    [InlineData("multiget?row={row}", "d:a@1=a | d:b@6=b6 | m:x@1=m")]
    [InlineData("multiget?row={row}&v=3", "d:a@1=a | d:b@6=b6 | d:b@5=b5 | m:x@1=m")]
    [InlineData("multiget/?row={row}", "d:a@1=a | d:b@6=b6 | m:x@1=m")]
    [InlineData("multiget/m?row={row}", "m:x@1=m")]
    [InlineData("multiget/d,m?row={row}", "d:a@1=a | d:b@6=b6 | m:x@1=m")]
    [InlineData("multiget/d:b,m:x?row={row}&v=2", "d:b@6=b6 | d:b@5=b5 | m:x@1=m")]
    [InlineData("multiget?row={row}/d:b", "d:b@6=b6")]
    [InlineData("multiget?row={row}/d:b/6&v=3", "d:b@5=b5")]
    [InlineData("multiget/m?row={row}/d:b", "d:b@6=b6 | m:x@1=m")]
    [InlineData("multiget?row={row}&starttime=1&endtime=2", "d:a@1=a | d:b@6=b6 | m:x@1=m")]
    public async Task MultiGet_PartOfARow_ShowsWhatWasAskedFor(string path, string expected)
    {
        await PutAsync((Row, "d:a", 1, "a"), (Row, "d:b", 5, "b5"), (Row, "d:b", 6, "b6"), (Row, "m:x", 1, "m"));

        var reply = await Client.GetAsync($"/{Table}/{path.Replace("{row}", Row, StringComparison.Ordinal)}");

        Assert.Equal(expected, reply.Expect(HttpStatusCode.OK).Text.Replace(Row + " ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task MultiGet_OnlyMarkersLeft_IsMissing()
    {
        await PutAsync((Row, "d:a", 1, "a"));
        await DeleteAsync($"{Row}/d/5");

        var reply = await Client.GetAsync($"/{Table}/multiget?row={Row}");

        reply.Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task MultiGet_LongUrl_IsTaken()
    {
        await PutAsync((Row, "d:a", 1, "a"));
        var rows = string.Join('&', Enumerable.Range(0, 300).Select(i => $"row={new string('k', 64)}{i}"));

        var reply = await Client.GetAsync($"/{Table}/multiget?{rows}&row={Row}");

        Assert.Equal($"{Row} d:a@1=a", reply.Expect(HttpStatusCode.OK).Text);
    }

    [Theory]
    [InlineData("multiget?row=")]
    [InlineData("multiget?row=a&row=")]
    [InlineData("multiget?row=%zz")]
    [InlineData("multiget?row=a%25b")]
    [InlineData("multiget?row=a&v=x")]
    [InlineData("multiget/zz?row=a")]
    [InlineData("multiget/d/1,50?row=a")]
    public async Task MultiGet_Unreadable_Answers500(string path)
    {
        await PutAsync(("a", "d:a", 1, "a"));

        var reply = await Client.GetAsync($"/{Table}/{path}");

        reply.Expect(HttpStatusCode.InternalServerError);
        Assert.Equal("Request failed.", reply.Json.GetProperty("message").GetString());
        Assert.True(reply.Message.Headers.ConnectionClose);
    }

    [Fact]
    public async Task MultiGet_NoVersions_Answers503()
    {
        var reply = await Client.GetAsync($"/{Table}/multiget?row=a&v=0");

        reply.Expect(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task MultiGet_MissingTable_Answers500()
    {
        var reply = await Client.GetAsync($"/{Shared.NewName()}/multiget?row=a");

        reply.Expect(HttpStatusCode.InternalServerError);
        Assert.Equal("Request failed.", reply.Json.GetProperty("message").GetString());
    }

    [Fact]
    public async Task MultiGet_Post_Answers405()
    {
        var reply = await Client.PostAsync($"/{Table}/multiget", """{"rows":["a"]}""");

        reply.Expect(HttpStatusCode.MethodNotAllowed);
        Assert.Equal(["GET", "OPTIONS"], reply.Message.Content.Headers.Allow.Order());
        Assert.Equal("Method Not Allowed", reply.Json.GetProperty("message").GetString());
    }
}
