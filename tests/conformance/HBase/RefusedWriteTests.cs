using System.Net;
using MyriadSync.ConformanceTests.Gateways;

namespace MyriadSync.ConformanceTests.HBase;

/// <summary>Writes that the gateway refuses: before it sends anything on, so nothing of the request is stored.</summary>
public abstract class RefusedWriteTests<TGateway>(SharedTable<TGateway> table) : GatewayTests<TGateway>(table)
    where TGateway : IGateway
{
    [Theory]
    [InlineData("""{"key":"{row}"}""", "No columns to insert")]
    [InlineData("""{"key":"{row}","Cell":[]}""", "No columns to insert")]
    [InlineData("""{"key":"","Cell":[{"column":"ZDph","$":"eA=="}]}""", "Row length is 0")]
    [InlineData("""{"key":"{row}","Cell":[{"column":"ZA==","$":"eA=="}]}""", "Bad request")]
    [InlineData("""{"key":"{row}","Cell":[{"$":"eA=="}]}""", "Column found to be null.")]
    [InlineData("""{"key":"{row}","Cell":[{"column":"Og==","$":"eA=="}]}""", "Family cannot be null")]
    [InlineData("""{"key":"{row}","Cell":[{"column":"ZDph","timestamp":-5,"$":"eA=="}]}""", "Timestamp cannot be negative. ts=-5")]
    [InlineData("null", "NullPointerException")]
    public async Task Write_BadRow_Answers400AndStoresNothing(string badRow, string message)
    {
        var good = Json.Rows((Row + "good", "d:a", 1, "1"));
        var bad = badRow.Replace("{row}", Json.Base64(Row), StringComparison.Ordinal);

        var reply = await Client.PutAsync($"/{Table}/x", good[..^2] + "," + bad + "]}");

        reply.Expect(HttpStatusCode.BadRequest);
        Assert.StartsWith("Bad request", reply.Body, StringComparison.Ordinal);
        Assert.Contains(message, reply.Body, StringComparison.Ordinal);
        Assert.Equal("", await ReadAsync(row: Row + "good"));
    }

    [Fact]
    public async Task Write_CellOverTenMebibytes_Answers400AndStoresNothing()
    {
        var value = new string('x', 11 * 1024 * 1024);

        var reply = await Client.PutAsync($"/{Table}/x", Json.Rows((Row + "good", "d:a", 1, "1"), (Row, "d:a", 1, value)));

        reply.Expect(HttpStatusCode.BadRequest);
        Assert.Contains("KeyValue size too large", reply.Body, StringComparison.Ordinal);
        Assert.Equal("", await ReadAsync(row: Row + "good"));
    }

    [Theory]
    [InlineData(32_767, HttpStatusCode.OK)]
    [InlineData(32_768, HttpStatusCode.BadRequest)]
    public async Task Write_LongRowKey_IsTakenUpToTheLimit(int length, HttpStatusCode expected)
    {
        var key = Row + new string('K', length - Row.Length);
        // A gateway that does not know the region yet looks it up under a key longer than the row's own, and refuses that.
        (await Client.PutAsync($"/{Table}/x", Json.Rows((Row, "d:a", 1, "1")))).Expect(HttpStatusCode.OK);

        var reply = await Client.PutAsync($"/{Table}/x", Json.Rows((key, "d:a", 1, "1")));

        reply.Expect(expected);
    }

    [Theory]
    [InlineData("""{"Row":[""")]
    [InlineData("""{bad""")]
    [InlineData("""{"Row":[]} trailing""")]
    [InlineData("""[]""")]
    [InlineData("""{"Row":{}}""")]
    [InlineData("""{"Row":[{"key":"%%%notb64","Cell":[{"column":"ZDph","$":"eA=="}]}]}""")]
    [InlineData("""{"Row":[{"key":"cjU","Cell":[{"column":"ZDph","$":"eA=="}]}]}""")]
    [InlineData("""{"Row":[{"key":"cj U=","Cell":[{"column":"ZDph","$":"eA=="}]}]}""")]
    [InlineData("""{"Row":[{"key":"_-8=","Cell":[{"column":"ZDph","$":"eA=="}]}]}""")]
    [InlineData("""{"Row":[{"key":"ZTg=","bogus":1,"Cell":[{"column":"ZDph","$":"eA=="}]}]}""")]
    [InlineData("""{"Row":[{"key":"ZTg=","Cell":[{"column":"ZDph","$":"eA==","nope":2}]}]}""")]
    [InlineData("""{"Row":[{"key":"ZTg=","Cell":[{"column":"ZDph","$":"eA==","timestamp":9223372036854775808}]}]}""")]
    public async Task Write_UnreadableJson_Answers500WithoutBody(string body)
    {
        var reply = await Client.PutAsync($"/{Table}/x", body);

        reply.Expect(HttpStatusCode.InternalServerError);
        Assert.Equal("", reply.Body);
        Assert.True(reply.Message.Headers.ConnectionClose);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("""{"Row":null}""")]
    public async Task Write_NoRowsToLookAt_Answers400(string body)
    {
        var reply = await Client.PutAsync($"/{Table}/x", body);

        reply.Expect(HttpStatusCode.BadRequest);
        Assert.Contains("NullPointerException", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_MissingTable_Answers404()
    {
        var reply = await Client.PutAsync($"/{Shared.NewName()}/x", Json.Rows((Row, "d:a", 1, "1")));

        reply.Expect(HttpStatusCode.NotFound);
        Assert.Contains("TableNotFoundException", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_AnotherContentType_Answers415()
    {
        var reply = await Client.SendAsync(HttpMethod.Put, $"/{Table}/x", "x", "text/plain");

        reply.Expect(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Write_AnotherMethod_Answers405()
    {
        var reply = await Client.SendAsync(HttpMethod.Patch, $"/{Table}/{Row}", "{}");

        reply.Expect(HttpStatusCode.MethodNotAllowed);
        Assert.Equal(["DELETE", "GET", "OPTIONS", "POST", "PUT"], reply.Message.Content.Headers.Allow.Order());
        Assert.Equal("", reply.Body);
    }
}
