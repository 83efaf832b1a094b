using MyriadSync.Myriad;

namespace MyriadSync.UnitTests.Myriad.HBase;

public sealed class ScanAsyncTests
{
    [Fact]
    public async Task ScanAsync_AnswerThatBrokeOffBehindTheGateway_IsNotTakenForTheEnd()
    {
        using var under = new StoreUnderTest(request =>
            request.Path.Contains("startrow=a&", StringComparison.Ordinal) ? FakeAnswer.Rows("a", "b")
            : request.Path.Contains("startrow=b-&", StringComparison.Ordinal) ? FakeAnswer.Rows("c")
            : FakeAnswer.Rows());

        var scan = await Scan(under, 10);

        Assert.Equal(["a", "b", "c"], scan.Rows.Select(row => row.Key));
        Assert.True(scan.End);
    }

    [Fact]
    public async Task ScanAsync_FullPage_SaysWhereToGoOn()
    {
        using var under = new StoreUnderTest(_ => FakeAnswer.Rows("a", "b"));

        var scan = await Scan(under, 2);

        Assert.Equal((false, "b-"), (scan.End, scan.NextStart));
        Assert.Single(under.Gateway.Requests);
    }

    [Fact]
    public async Task ScanAsync_LastKeyBeforeTheEndOfTheRange_NeedsNoMoreRequests()
    {
        using var under = new StoreUnderTest(_ => FakeAnswer.Rows("a", "x~~"));

        var scan = await Scan(under, 2, "x~~-");

        Assert.True(scan.End);
        Assert.Single(under.Gateway.Requests);
    }

    [Theory]
    [InlineData(503, StoreFault.Unavailable)]
    [InlineData(404, StoreFault.Misconfigured)]
    [InlineData(401, StoreFault.Unauthorized)]
    public async Task ScanAsync_FaultOnALaterPage_IsAFaultAndNoEnd(int status, StoreFault expected)
    {
        using var under = new StoreUnderTest(request => request.Path.Contains("startrow=a&", StringComparison.Ordinal) ? FakeAnswer.Rows("a") : new FakeAnswer(status));

        var scan = await Scan(under, 10);

        Assert.Equal((expected, false), (scan.Fault, scan.End));
        Assert.Empty(scan.Rows);
    }

    [Fact]
    public async Task ScanAsync_MultigetsAnswer_IsNoEnd()
    {
        using var under = new StoreUnderTest(_ => FakeAnswer.NoRows);

        var scan = await Scan(under, 10);

        Assert.Equal((StoreFault.Unavailable, false), (scan.Fault, scan.End));
    }

    [Fact]
    public async Task ScanAsync_PageTooLarge_IsAskedForInSmallerOnes()
    {
        using var under = new StoreUnderTest(request => request.Path.Contains("limit=2&", StringComparison.Ordinal)
            ? FakeAnswer.Rows("a", "b")
            : FakeAnswer.Ok with { ContentLength = 1L << 30 });

        var scan = await Scan(under, 4);

        Assert.Equal(4, scan.Rows.Count);
    }

    private static Task<ScanAnswer> Scan(StoreUnderTest under, int limit, string end = "z") =>
        under.Store.ScanAsync(StoreUnderTest.Table, "a", end, limit, TestContext.Current.CancellationToken);
}
