using System.Net;
using MyriadSync.ConformanceTests.Gateways;

namespace MyriadSync.ConformanceTests.HBase;

/// <summary>Delete markers: they mask by timestamp, whichever comes first.</summary>
public abstract class DeleteTests<TGateway>(SharedTable<TGateway> table) : GatewayTests<TGateway>(table)
    where TGateway : IGateway
{
    [Fact]
    public async Task Delete_ColumnAtTimestamp_TakesThisAndEveryOlderVersion()
    {
        await PutAsync((Row, "d:a", 99, "1"), (Row, "d:a", 100, "2"), (Row, "d:a", 101, "3"), (Row, "d:b", 99, "b"));

        await DeleteAsync($"{Row}/d:a/100");

        Assert.Equal("d:a@101=3 | d:b@99=b", await ReadAsync("?v=5"));
    }

    [Theory]
    [InlineData("d:a")]
    [InlineData("d")]
    public async Task Delete_ThenOlderPutArrives_StaysMasked(string what)
    {
        await DeleteAsync($"{Row}/{what}/100");

        await PutAsync((Row, "d:a", 99, "late"), (Row, "d:a", 100, "same"));

        Assert.Equal("", await ReadAsync("?v=5"));
    }

    [Theory]
    [InlineData("d:a")]
    [InlineData("d")]
    public async Task Delete_AtTAndPutAtTPlusOne_CommuteInEitherOrder(string what)
    {
        await DeleteAsync($"{Row}/{what}/100");
        await PutAsync((Row, "d:a", 101, "new"));
        await PutAsync((Row + "x", "d:a", 100, "old"), (Row + "x", "d:a", 101, "new"));
        await DeleteAsync($"{Row}x/{what}/100");

        var deletedFirst = await ReadAsync("?v=5");
        var putFirst = await ReadAsync("?v=5", Row + "x");

        Assert.Equal("d:a@101=new", deletedFirst);
        Assert.Equal(deletedFirst, putFirst);
    }

    [Fact]
    public async Task Delete_FamilyAtTimestamp_LeavesNewerCellsAndOtherFamilies()
    {
        await PutAsync((Row, "d:a", 100, "a"), (Row, "d:b", 300, "b"), (Row, "m:rev", 100, "1"));

        await DeleteAsync($"{Row}/d/200");

        Assert.Equal("d:b@300=b | m:rev@100=1", await ReadAsync("?v=5"));
    }

    [Fact]
    public async Task Delete_SeveralColumnsAtTimestamp_TakesExactlyThose()
    {
        await PutAsync((Row, "d:a", 100, "1"), (Row, "d:b", 100, "1"), (Row, "d:c", 100, "1"), (Row, "m:a", 100, "1"));

        await DeleteAsync($"{Row}/d:a,d:b,m:a/150");
        await PutAsync((Row, "d:a", 150, "masked"), (Row, "d:b", 151, "seen"));

        Assert.Equal("d:b@151=seen | d:c@100=1", await ReadAsync("?v=5"));
    }

    [Fact]
    public async Task Delete_SeveralFamiliesAtTimestamp_TakesThem()
    {
        await PutAsync((Row, "d:a", 100, "1"), (Row, "m:a", 100, "1"), (Row, "m:b", 101, "1"));

        await DeleteAsync($"{Row}/d,m/100");

        Assert.Equal("m:b@101=1", await ReadAsync());
    }

    [Fact]
    public async Task Delete_OlderMarkerAfterNewer_KeepsTheNewer()
    {
        await DeleteAsync($"{Row}/d:a/200");
        await DeleteAsync($"{Row}/d:a/100");
        await DeleteAsync($"{Row}/m/200");
        await DeleteAsync($"{Row}/m/100");

        await PutAsync((Row, "d:a", 150, "masked"), (Row, "m:a", 150, "masked"));

        Assert.Equal("", await ReadAsync());
    }

    [Fact]
    public async Task Delete_EmptyQualifier_IsAColumnNotTheFamily()
    {
        await PutAsync((Row, "d:", 1, "q"), (Row, "d:a", 1, "a"));

        await DeleteAsync($"{Row}/d:/5");

        Assert.Equal("d:a@1=a", await ReadAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/d")]
    [InlineData("/d:a")]
    [InlineData("?ts=5")]
    public async Task Delete_WithoutTimestamp_TakesEverythingUpToNow(string rest)
    {
        var future = DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeMilliseconds();
        await PutAsync((Row, "d:a", 10, "old"), (Row, "d:a", null, "now"), (Row, "d:a", future, "ahead"));

        await DeleteAsync(Row + rest);

        Assert.Equal($"d:a@{future}=ahead", await ReadAsync("?v=5"));
    }

    [Fact]
    public async Task Delete_TimestampRange_IgnoresItAndDeletesUpToNow()
    {
        await PutAsync((Row, "d:a", 5, "1"), (Row, "d:a", 50, "2"), (Row, "d:a", 51, "3"));

        await DeleteAsync($"{Row}/d:a/40,50");

        Assert.Equal("", await ReadAsync("?v=5"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/d:a")]
    [InlineData("/d/100")]
    public async Task Delete_NothingThere_Answers200(string rest)
    {
        var reply = await Client.DeleteAsync($"/{Table}/{Row}{rest}");

        reply.Expect(HttpStatusCode.OK);
        Assert.Equal("", reply.Body);
    }

    [Fact]
    public async Task Delete_UnknownFamily_Answers404AndDeletesNothing()
    {
        await PutAsync((Row, "d:a", 1, "1"));

        var reply = await Client.DeleteAsync($"/{Table}/{Row}/d:a,zz:a/5");

        reply.Expect(HttpStatusCode.NotFound);
        Assert.Contains("NoSuchColumnFamilyException", reply.Body, StringComparison.Ordinal);
        Assert.Equal("d:a@1=1", await ReadAsync());
    }

    [Fact]
    public async Task Delete_MissingTable_Answers404()
    {
        var reply = await Client.DeleteAsync($"/{Shared.NewName()}/{Row}");

        reply.Expect(HttpStatusCode.NotFound);
        Assert.Contains("TableNotFoundException", reply.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/d/x")]
    [InlineData("/d/-1")]
    public async Task Delete_BadTimestamp_Answers500(string rest)
    {
        var reply = await Client.DeleteAsync($"/{Table}/{Row}{rest}");

        reply.Expect(HttpStatusCode.InternalServerError);
    }

    [Theory]
    [InlineData("k*")]
    [InlineData("multiget")]
    public async Task Delete_ManyRowsAtOnce_Answers405(string path)
    {
        var reply = await Client.DeleteAsync($"/{Table}/{path}");

        reply.Expect(HttpStatusCode.MethodNotAllowed);
        Assert.Equal(["GET", "OPTIONS"], reply.Message.Content.Headers.Allow.Order());
    }
}
