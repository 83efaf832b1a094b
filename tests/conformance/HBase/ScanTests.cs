using System.Net;
using MyriadSync.ConformanceTests.Gateways;

namespace MyriadSync.ConformanceTests.HBase;

/// <summary><c>GET /{table}/{prefix}*?startrow=…</c>: scans that no server remembers.</summary>
public abstract class ScanTests<TGateway>(SharedTable<TGateway> table) : GatewayTests<TGateway>(table)
    where TGateway : IGateway
{
    [Fact]
    public async Task Scan_PageByPage_SeesEveryRowOnceInByteOrder()
    {
        string[] keys = [.. Enumerable.Range(0, 25).Select(i => $"{Row}-{i:d2}")];
        await PutAsync([.. keys.Reverse().Select(key => (key, "d:a", (long?)1, "1"))]);

        var seen = new List<string>();
        var start = $"{Row}-";
        for (var pages = 0; pages < 10; pages++)
        {
            var page = (await Client.GetAsync($"/{Table}/*?startrow={start}&endrow={Row}.&limit=7")).Expect(HttpStatusCode.OK).Rows.ToList();
            if (page.Count == 0)
                break;
            seen.AddRange(page);
            start = page[^1] + "%00";
        }

        Assert.Equal(keys, seen);
    }

    [Theory]
    [InlineData("startrow={row}b", "b c")]
    [InlineData("startrow={row}b&endrow={row}c", "b")]
    [InlineData("startrow={row}a&endrow={row}c", "a b")]
    [InlineData("startrow={row}b&endrow={row}b", "b")]
    [InlineData("startrow={row}c&endrow={row}b", "")]
    [InlineData("startrow={row}b&limit=1", "b")]
    [InlineData("startrow={row}&limit=0", "")]
    [InlineData("startrow={row}&limit=-1", "")]
    [InlineData("startrow={row}&maxversions=0", "")]
    [InlineData("startrow=&bogus=1", "a b c")]
    [InlineData("filter=KeyOnlyFilter()", "a b c")]
    [InlineData("filter=PrefixFilter('{row}b')", "b")]
    public async Task Scan_Range_ReturnsItsRows(string query, string expected)
    {
        await PutAsync((Row + "a", "d:a", 1, "1"), (Row + "b", "d:a", 1, "1"), (Row + "c", "d:a", 1, "1"));

        var reply = await Client.GetAsync($"/{Table}/{Row}*?{query.Replace("{row}", Row, StringComparison.Ordinal)}");

        Assert.Equal(expected, string.Join(' ', reply.Expect(HttpStatusCode.OK).Rows.Select(row => row[Row.Length..])));
    }

    [Theory]
    [InlineData("", "d:a@10=a | d:b@6=b6 | m:x@7=m")]
    [InlineData("maxversions=9", "d:a@10=a | d:b@6=b6 | d:b@5=b5 | m:x@7=m")]
    [InlineData("column=m", "m:x@7=m")]
    [InlineData("column=m:x&column=d:a", "d:a@10=a | m:x@7=m")]
    [InlineData("column=d:b&maxversions=2", "d:b@6=b6 | d:b@5=b5")]
    [InlineData("column=d:a,m", "")]
    [InlineData("column=d:", "")]
    [InlineData("starttime=6&endtime=8", "d:b@6=b6 | m:x@7=m")]
    [InlineData("starttime=7", "d:a@10=a | m:x@7=m")]
    [InlineData("endtime=6", "d:b@5=b5")]
    [InlineData("endtime=6&starttime=6", "")]
    [InlineData("starttime=5&endtime=11&maxversions=5&column=d", "d:a@10=a | d:b@6=b6 | d:b@5=b5")]
    [InlineData("filter=KeyOnlyFilter()", "d:a@10= | d:b@6= | m:x@7=")]
    [InlineData("filter=FirstKeyOnlyFilter()", "d:a@10=a")]
    [InlineData("filter=FirstKeyOnlyFilter()%20AND%20KeyOnlyFilter()", "d:a@10=")]
    public async Task Scan_PartOfTheCells_ShowsWhatWasAskedFor(string query, string expected)
    {
        await PutAsync((Row, "d:a", 10, "a"), (Row, "d:b", 5, "b5"), (Row, "d:b", 6, "b6"), (Row, "m:x", 7, "m"));

        var reply = await Client.GetAsync($"/{Table}/*?startrow={Row}&endrow={Row}&{query}");

        Assert.Equal(expected, reply.Expect(HttpStatusCode.OK).Text.Replace(Row + " ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scan_ColumnsInThePath_RestrictToThem()
    {
        await PutAsync((Row, "d:a", 10, "a"), (Row, "m:x", 7, "m"));

        var reply = await Client.GetAsync($"/{Table}/{Row}*/m:x");

        Assert.Equal($"{Row} m:x@7=m", reply.Expect(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task Scan_Prefix_ReturnsOnlyRowsWithIt()
    {
        await PutAsync((Row + "a", "d:a", 1, "1"), (Row + "ab", "d:a", 1, "1"), (Row + "b", "d:a", 1, "1"));

        var reply = await Client.GetAsync($"/{Table}/{Row}a*");

        Assert.Equal([Row + "a", Row + "ab"], reply.Expect(HttpStatusCode.OK).Rows);
    }

    [Fact]
    public async Task Scan_RowsWithOnlyMarkers_LeavesThemOutAndDoesNotCountThem()
    {
        await PutAsync((Row + "a", "d:a", 1, "1"), (Row + "b", "d:a", 1, "1"), (Row + "c", "d:a", 1, "1"));
        await DeleteAsync($"{Row}a/d/5");

        var reply = await Client.GetAsync($"/{Table}/{Row}*?limit=1");

        Assert.Equal([Row + "b"], reply.Expect(HttpStatusCode.OK).Rows);
    }

    [Fact]
    public async Task Scan_BatchSize_CutsRowsAndCountsThePieces()
    {
        await PutAsync((Row, "d:a", 1, "1"), (Row, "d:b", 1, "1"), (Row, "m:x", 1, "1"));

        var reply = await Client.GetAsync($"/{Table}/{Row}*?batchsize=1&limit=2");

        Assert.Equal([Row, Row], reply.Expect(HttpStatusCode.OK).Rows);
        Assert.Equal($"{Row} d:a@1=1 | {Row} d:b@1=1", reply.Text);
    }

    [Fact]
    public async Task Scan_NothingThere_Answers200()
    {
        var reply = await Client.GetAsync($"/{Table}/*?startrow=zzz");

        reply.Expect(HttpStatusCode.OK);
        Assert.Equal("""{"Row":[]}""", reply.Body);
    }

    [Theory]
    [InlineData("filter=%7B%22type%22%3A%22FirstKeyOnlyFilter%22%7D")]
    [InlineData("column=zz")]
    [InlineData("column=")]
    [InlineData("starttime=9&endtime=3")]
    public async Task Scan_Unreadable_Answers500(string query)
    {
        var reply = await Client.GetAsync($"/{Table}/*?{query}");

        reply.Expect(HttpStatusCode.InternalServerError);
        Assert.Equal("Request failed.", reply.Json.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Scan_NumberThatIsNone_Answers404()
    {
        var reply = await Client.GetAsync($"/{Table}/*?limit=x");

        reply.Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Scan_MissingTable_Answers500()
    {
        var reply = await Client.GetAsync($"/{Shared.NewName()}/*?limit=1");

        reply.Expect(HttpStatusCode.InternalServerError);
    }
}
