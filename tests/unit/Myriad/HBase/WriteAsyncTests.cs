using System.Collections.Concurrent;
using System.Text;
using MyriadSync.Myriad;

namespace MyriadSync.UnitTests.Myriad.HBase;

public sealed class WriteAsyncTests
{
    private static readonly FakeAnswer BadRow = FakeAnswer.Java(400, "Bad request", "java.lang.IllegalArgumentException: KeyValue size too large");

    [Fact]
    public async Task WriteAsync_TwoBadRowsAmongMany_AreFoundAndTheOthersStored()
    {
        ConcurrentBag<string> stored = [];
        using var under = new StoreUnderTest(request =>
        {
            if (request.Keys.Any(key => key is "k0123" or "k0700"))
                return BadRow;
            foreach (var key in request.Keys)
                stored.Add(key);
            return FakeAnswer.Ok;
        });
        string[] keys = [.. Enumerable.Range(0, 1000).Select(i => $"k{i:D4}")];

        var written = await under.PutAsync(keys);

        Assert.Equal(StoreFault.None, written.Fault);
        Assert.Equal(["k0123", "k0700"], written.Refused.Select(row => row.Key).Order());
        Assert.All(written.Refused, row => Assert.Equal("HTTP 400: java.lang.IllegalArgumentException: KeyValue size too large", row.Reason));
        Assert.Equal(keys.Except(["k0123", "k0700"]), stored.Where(key => key != StoreColumns.ClockRow).Distinct().Order());
        Assert.InRange(under.Gateway.Requests.Count, 10, 60);
    }

    [Theory]
    [InlineData(400, "Bad request\r\njava.lang.IllegalArgumentException: Row length 32768 is > 32767")]
    [InlineData(413, "")]
    [InlineData(500, "")]
    [InlineData(503, "Unavailable\r\norg.apache.hadoop.hbase.DoNotRetryIOException: Cell of size 2 exceeds limit")]
    public async Task WriteAsync_OnlyRowIsBadWhileTheTableTakesAProbe_IsRefused(int status, string body)
    {
        using var under = new StoreUnderTest(request => request.Keys.Contains("bad") ? new FakeAnswer(status, body) : FakeAnswer.Ok);

        var written = await under.PutAsync("bad");

        Assert.Equal(StoreFault.None, written.Fault);
        Assert.Equal(["bad"], written.Refused.Select(row => row.Key));
    }

    [Theory]
    [InlineData(400, "Bad request\r\n")]
    [InlineData(413, "")]
    [InlineData(500, "")]
    [InlineData(503, "Unavailable\r\norg.apache.hadoop.hbase.DoNotRetryIOException: region is read-only")]
    public async Task WriteAsync_EverythingIsRefused_IsMisconfiguredAndBlamesNoRow(int status, string body)
    {
        using var under = new StoreUnderTest(_ => new FakeAnswer(status, body));

        var written = await under.PutAsync([.. Enumerable.Range(0, 1000).Select(i => $"k{i}")]);

        Assert.Equal(StoreFault.Misconfigured, written.Fault);
        Assert.Empty(written.Refused);
        Assert.Equal(2, under.Gateway.Requests.Count);
    }

    [Fact]
    public async Task WriteAsync_ProbeOfARefusalFindsTheClusterGone_IsUnavailable()
    {
        using var under = new StoreUnderTest(request => request.Keys.Contains("bad") ? BadRow : new FakeAnswer(503));

        var written = await under.PutAsync("bad");

        Assert.Equal(StoreFault.Unavailable, written.Fault);
        Assert.Empty(written.Refused);
    }

    [Fact]
    public async Task WriteAsync_BadRowForATableThatIsNotThereYet_CreatesItAndRefusesTheRow()
    {
        var created = false;
        using var under = new StoreUnderTest(request =>
        {
            created |= request.Is("POST", "/ns:t/schema");
            return request.Is("GET", "/ns:t/schema") ? (created ? FakeAnswer.Families("d", "m") : FakeAnswer.Java(404, "Not found", "org.apache.hadoop.hbase.TableNotFoundException: t"))
                : !request.Is("PUT", "/ns:t/") ? FakeAnswer.Ok
                : request.Keys.Contains("bad") ? BadRow
                : created ? FakeAnswer.Ok
                : FakeAnswer.Java(404, "Not found", "org.apache.hadoop.hbase.TableNotFoundException: t");
        });

        var written = await under.PutAsync("bad", "good");

        Assert.Equal((StoreFault.None, null), (written.Fault, written.Reason));
        Assert.Equal(["bad"], written.Refused.Select(row => row.Key));
    }

    [Theory]
    [InlineData(401, "", StoreFault.Unauthorized)]
    [InlineData(403, "", StoreFault.Unauthorized)]
    [InlineData(404, "Not found", StoreFault.Misconfigured)]
    [InlineData(405, "", StoreFault.Misconfigured)]
    [InlineData(406, "", StoreFault.Misconfigured)]
    [InlineData(415, "", StoreFault.Misconfigured)]
    [InlineData(500, "Request failed.", StoreFault.Unavailable)]
    [InlineData(503, "Unavailable\r\norg.apache.hadoop.hbase.NotServingRegionException: r", StoreFault.Unavailable)]
    [InlineData(503, "Unavailable\r\norg.apache.hadoop.hbase.TableNotEnabledException: t", StoreFault.Unavailable)]
    [InlineData(502, "", StoreFault.Unavailable)]
    [InlineData(504, "", StoreFault.Unavailable)]
    [InlineData(429, "", StoreFault.Unavailable)]
    public async Task WriteAsync_FaultThatSaysNothingOfTheData_RefusesNoRow(int status, string body, StoreFault expected)
    {
        using var under = new StoreUnderTest(_ => new FakeAnswer(status, body));

        var put = await under.PutAsync("a", "b");
        var delete = await under.DeleteAsync("a", "b");

        Assert.Equal((expected, expected), (put.Fault, delete.Fault));
        Assert.Empty(put.Refused);
        Assert.Empty(delete.Refused);
    }

    [Fact]
    public async Task WriteAsync_AnswerAfterTheTimeOut_IsUnavailable()
    {
        using var under = new StoreUnderTest(_ => FakeAnswer.Hangs);

        var written = await under.TimeOutAsync(under.PutAsync("a"));

        Assert.Equal(StoreFault.Unavailable, written.Fault);
    }

    [Fact]
    public async Task WriteAsync_FamilyMissing_IsAddedAndTheRowsAreSentAgain()
    {
        var added = "";
        using var under = new StoreUnderTest(request =>
        {
            if (request.Is("POST", "/ns:t/schema"))
                added = request.Body;
            return request.Is("GET", "/ns:t/schema") ? (added.Length > 0 ? FakeAnswer.Families("d", "m") : FakeAnswer.Families("d"))
                : added.Length == 0 ? FakeAnswer.Java(404, "Not found", "org.apache.hadoop.hbase.regionserver.NoSuchColumnFamilyException: m")
                : FakeAnswer.Ok;
        });

        var written = await under.PutAsync("a");

        Assert.Equal((StoreFault.None, null), (written.Fault, written.Reason));
        Assert.Equal("""{"name":"ns:t","ColumnSchema":[{"name":"m","VERSIONS":"5","hbase.hstore.time.to.purge.deletes":"604800000"}]}""", added);
        Assert.Equal(2, under.Gateway.Count("PUT", "/ns:t/bulk"));
    }

    [Fact]
    public async Task WriteAsync_FamilyMissingThatIsNotOurs_IsMisconfiguredAfterOneLook()
    {
        using var under = new StoreUnderTest(request => request.Is("GET", "/ns:t/schema")
            ? FakeAnswer.Families("d", "m")
            : FakeAnswer.Java(404, "Not found", "org.apache.hadoop.hbase.regionserver.NoSuchColumnFamilyException: zz"));

        var written = await under.PutAsync([.. Enumerable.Range(0, 3000).Select(i => $"k{i}")]);

        Assert.Equal(StoreFault.Misconfigured, written.Fault);
        Assert.Contains("NoSuchColumnFamilyException", written.Reason, StringComparison.Ordinal);
        Assert.Equal(1, under.Gateway.Count("GET", "/ns:t/schema"));
    }

    [Fact]
    public async Task WriteAsync_TableMissingAndTheClusterGoesMeanwhile_IsUnavailable()
    {
        using var under = new StoreUnderTest(request => request.Is("PUT", "/")
            ? FakeAnswer.Java(404, "Not found", "org.apache.hadoop.hbase.TableNotFoundException: t")
            : new FakeAnswer(503));

        var written = await under.PutAsync("a");

        Assert.Equal(StoreFault.Unavailable, written.Fault);
    }

    [Fact]
    public async Task WriteAsync_Deletes_GoOneByOneWithTheirTimestamp()
    {
        using var under = new StoreUnderTest(_ => FakeAnswer.Ok);

        var written = await under.Store.WriteAsync(StoreUnderTest.Table, [], [new("k1", ["d:a", "d:b~2C"], 17), new("k2", ["d"], 18)], TestContext.Current.CancellationToken);

        Assert.Equal(StoreFault.None, written.Fault);
        Assert.Equal(["DELETE /ns:t/k1/d:a,d:b~2C/17", "DELETE /ns:t/k2/d/18"], under.Gateway.Requests.Select(request => $"{request.Method} {request.Path}").Order());
    }

    [Fact]
    public async Task WriteAsync_OneDeleteIsRefused_NamesItsRowOnce()
    {
        using var under = new StoreUnderTest(request => request.Is("DELETE", "/ns:t/bad/") ? BadRow : FakeAnswer.Ok);
        string[] many = [.. Enumerable.Range(0, 30).Select(i => $"d:{new string('c', 900)}{i}")];

        var written = await under.Store.WriteAsync(
            StoreUnderTest.Table, [StoreUnderTest.Put("good")], [new("bad", many, 5), new("fine", ["d:a"], 5)], TestContext.Current.CancellationToken);

        Assert.Equal(["bad"], written.Refused.Select(row => row.Key));
        Assert.All(under.Gateway.Requests, request => Assert.InRange($"{request.Message.RequestUri}".Length, 1, 8000));
    }

    [Fact]
    public async Task WriteAsync_NothingToWrite_SendsNothing()
    {
        using var under = new StoreUnderTest(_ => FakeAnswer.Refused);

        var written = await under.PutAsync();

        Assert.Equal(StoreFault.None, written.Fault);
        Assert.Empty(under.Gateway.Requests);
    }

    [Fact]
    public async Task WriteAsync_Compressed_SendsGzip()
    {
        using var under = new StoreUnderTest(_ => FakeAnswer.Ok, configure: options => options.Compress = true);

        await under.PutAsync("a");

        // The made-up gateway reads bodies as text, which gzip is not: its header tells.
        Assert.Equal(["gzip"], under.Gateway.Requests.Single().Message.Content!.Headers.ContentEncoding);
    }

    [Fact]
    public async Task WriteAsync_Credentials_AreSentWithEveryRequest()
    {
        using var under = new StoreUnderTest(
            _ => FakeAnswer.Ok,
            configure: options => options.Credentials = new() { Kind = MyriadSync.Myriad.HBase.HBaseCredentialKind.Basic, User = "sync", Password = "geheim" });

        await under.PutAsync("a");
        await under.DeleteAsync("a");

        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("sync:geheim"));
        Assert.All(under.Gateway.Requests, request => Assert.Equal(expected, $"{request.Message.Headers.Authorization}"));
    }

    [Fact]
    public async Task WriteAsync_WhatNoCallerMayPass_IsADefect()
    {
        using var under = new StoreUnderTest(_ => FakeAnswer.Ok);
        Task Write(RowPut[] puts, RowDelete[] deletes) => under.Store.WriteAsync(StoreUnderTest.Table, puts, deletes, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<ArgumentException>(() => Write([StoreUnderTest.Put("a b")], []));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Write([new("a", [])], []));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Write([new("a", [new("d:a", -1, default)])], []));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Write([], [new("a", [], 5)]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Write([], [new("a", ["d"], -5)]));

        Assert.Empty(under.Gateway.Requests);
    }
}
