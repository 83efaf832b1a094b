using System.Text.Json;
using MyriadSync.Myriad;

namespace MyriadSync.UnitTests.Myriad.HBase;

/// <summary>Ranges that begin at no text, which one gateway's scanner reads.</summary>
public sealed class ScannerPagesTests
{
    private static readonly FakeAnswer Made = new(201) { Location = new Uri("http://gateway1:8080/ns:t/scanner/17") };

    [Fact]
    public async Task ScanAsync_FromBytes_AsksTheGatewayThatMadeTheScannerAndDropsIt()
    {
        Queue<FakeAnswer> pages = new([FakeAnswer.Rows("a", "b"), FakeAnswer.Rows("b", "c"), new(204)]);
        using var under = Store(request => request.Is("POST", "/ns:t/scanner") ? Made : request.Is("GET", "/ns:t/scanner/17") ? pages.Dequeue() : request.Is("GET", "/ns:t/*") ? FakeAnswer.Rows() : FakeAnswer.Ok);

        var scan = await under.Store.ScanAsync(StoreUnderTest.Table, "\u00ff\u0001", "", 10, TestContext.Current.CancellationToken);

        Assert.Equal((StoreFault.None, true), (scan.Fault, scan.End));
        Assert.Equal(["a", "b", "c"], scan.Rows.Select(row => row.Key));
        Assert.Equal(2, scan.Rows[1].Cells.Count);
        var scanner = under.Gateway.Requests.Where(request => request.Path.Contains("scanner", StringComparison.Ordinal)).ToList();
        Assert.Single(scanner.Select(request => request.Host).Distinct());
        Assert.Equal(["POST", "GET", "GET", "GET", "DELETE"], scanner.Take(5).Select(request => request.Method.Method));
        Assert.Equal("/wE=", JsonDocument.Parse(scanner[0].Body).RootElement.GetProperty("startRow").GetString());
    }

    [Fact]
    public async Task ScanAsync_MoreThanAPage_GoesOnBehindTheLastWholeRow()
    {
        using var under = Store(request => request.Is("POST", "/ns:t/scanner") ? Made : request.Is("GET", "/ns:t/scanner/17") ? FakeAnswer.Rows("a", "b", "c") : FakeAnswer.Ok);

        var scan = await under.Store.ScanAsync(StoreUnderTest.Table, "\u00ff", "", 2, TestContext.Current.CancellationToken);

        Assert.Equal(["a", "b"], scan.Rows.Select(row => row.Key));
        Assert.Equal((false, "b\0"), (scan.End, scan.NextStart));
    }

    /// <summary>Another gateway answered, or the same one was started anew: nothing is known, least of all that the range is empty.</summary>
    [Fact]
    public async Task ScanAsync_ScannerIsGone_IsUnavailable()
    {
        using var under = Store(request => request.Is("POST", "/ns:t/scanner") ? Made : request.Is("GET", "/ns:t/scanner/17") ? new(404, "Not found\r\n") : FakeAnswer.Ok);

        var scan = await under.Store.ScanAsync(StoreUnderTest.Table, "\u00ff", "", 2, TestContext.Current.CancellationToken);

        Assert.Equal(StoreFault.Unavailable, scan.Fault);
        Assert.Equal(1, under.Gateway.Count("DELETE", "/ns:t/scanner/17"));
    }

    private static StoreUnderTest Store(Func<FakeRequest, FakeAnswer> answer) =>
        new(answer, endpoints: 2, others: new() { [StoreUnderTest.Table] = new() { Store = "s", Families = [] } });
}
