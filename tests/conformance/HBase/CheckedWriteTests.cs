using System.Net;
using MyriadSync.ConformanceTests.Gateways;

namespace MyriadSync.ConformanceTests.HBase;

/// <summary><c>?check=put</c> and <c>?check=delete</c>: the last cell is what has to be there.</summary>
public abstract class CheckedWriteTests<TGateway>(SharedTable<TGateway> table) : GatewayTests<TGateway>(table)
    where TGateway : IGateway
{
    [Fact]
    public async Task CheckPut_ValueIsThere_Writes()
    {
        await PutAsync((Row, "d:a", 1, "old"));

        var reply = await Client.PutAsync($"/{Table}/{Row}?check=put", Json.Rows((Row, "d:a", 2, "new"), (Row, "d:b", 2, "b"), (Row, "d:a", null, "old")));

        reply.Expect(HttpStatusCode.OK);
        Assert.Equal("d:a@2=new | d:b@2=b", await ReadAsync());
    }

    [Fact]
    public async Task CheckPut_AnotherValue_Answers304AndWritesNothing()
    {
        await PutAsync((Row, "d:a", 1, "other"));

        var reply = await Client.PutAsync($"/{Table}/{Row}?check=put", Json.Rows((Row, "d:a", 2, "new"), (Row, "d:a", null, "old")));

        reply.Expect(HttpStatusCode.NotModified);
        Assert.Equal("d:a@1=other", await ReadAsync("?v=5"));
    }

    [Fact]
    public async Task CheckPut_EmptyCheckValue_MeansAbsentOrEmpty()
    {
        var body = Json.Rows((Row, "d:a", 2, "first"), (Row, "d:a", null, ""));

        var absent = await Client.PutAsync($"/{Table}/{Row}?check=put", body);
        var present = await Client.PutAsync($"/{Table}/{Row}?check=put", body);
        await PutAsync((Row, "d:a", 3, ""));
        var empty = await Client.PutAsync($"/{Table}/{Row}?check=put", body.Replace("\"timestamp\":2", "\"timestamp\":4", StringComparison.Ordinal));

        absent.Expect(HttpStatusCode.OK);
        present.Expect(HttpStatusCode.NotModified);
        empty.Expect(HttpStatusCode.OK);
        Assert.Equal("d:a@4=first", await ReadAsync());
    }

    [Fact]
    public async Task CheckDelete_ValueIsThere_DeletesThatColumn()
    {
        await PutAsync((Row, "d:a", 1, "a"), (Row, "d:b", 1, "b"), (Row, "m:x", 1, "m"));

        var reply = await Client.PutAsync($"/{Table}/{Row}?check=delete", Json.Rows((Row, "d:a", null, "a")));

        reply.Expect(HttpStatusCode.OK);
        Assert.Equal("d:b@1=b | m:x@1=m", await ReadAsync());
    }

    [Fact]
    public async Task CheckDelete_AnotherValue_Answers304()
    {
        await PutAsync((Row, "d:a", 1, "a"));

        var reply = await Client.PutAsync($"/{Table}/{Row}?check=delete", Json.Rows((Row, "d:a", null, "z")));

        reply.Expect(HttpStatusCode.NotModified);
        Assert.Equal("d:a@1=a", await ReadAsync());
    }

    [Fact]
    public async Task Check_Failed_LeavesTheConnectionUsable()
    {
        await PutAsync((Row, "d:a", 1, "a"));

        for (var i = 0; i < 20; i++)
        {
            var reply = await Client.PutAsync($"/{Table}/{Row}?check=put", Json.Rows((Row, "d:a", 2, "new"), (Row, "d:a", null, "z")));

            reply.Expect(HttpStatusCode.NotModified);
            Assert.Equal("d:a@1=a", await ReadAsync());
        }
    }

    [Fact]
    public async Task Check_MoreThanOneRow_Answers400()
    {
        var reply = await Client.PutAsync($"/{Table}/{Row}?check=put", Json.Rows((Row, "d:a", 1, "1"), (Row, "d:a", 1, "1"), (Row + "b", "d:a", 1, "1")));

        reply.Expect(HttpStatusCode.BadRequest);
        Assert.Equal("Bad request: Number of rows specified is not 1.\r\n", reply.Body);
    }

    [Theory]
    [InlineData("put", "d:a", "Bad request: Either row key is null or no data found for columns specified.\r\n")]
    [InlineData("put", "d:b,d:a", "Bad request: The column to put and check do not match.\r\n")]
    [InlineData("put", "d:,d:", "Bad request: Column incorrectly specified.\r\n")]
    [InlineData("bogus", "d:a", "Invalid check value 'bogus'\r\n")]
    public async Task Check_Unreadable_Answers400(string check, string columns, string message)
    {
        var cells = columns.Split(',').Select(column => (Row, column, (long?)null, "x")).ToArray();

        var reply = await Client.PutAsync($"/{Table}/{Row}?check={check}", Json.Rows(cells));

        reply.Expect(HttpStatusCode.BadRequest);
        Assert.Equal(message, reply.Body);
    }

    [Fact]
    public async Task CheckPut_UnknownFamily_Answers404()
    {
        var reply = await Client.PutAsync($"/{Table}/{Row}?check=put", Json.Rows((Row, "zz:a", 1, "1"), (Row, "zz:a", null, "")));

        reply.Expect(HttpStatusCode.NotFound);
    }
}
