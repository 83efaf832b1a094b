using System.Globalization;
using System.Text;
using System.Text.Json;
using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Myriad;

/// <summary>What the pipeline relies on, on every gateway that there is.</summary>
public abstract class RecordStoreTests(RecordStoreHost host)
{
    private static readonly IReadOnlySet<string> None = new HashSet<string>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task WriteAsync_ManyRows_AreReadByteForByte(string compress)
    {
        var store = host.NewStore(("Compress", compress));
        var prefix = host.NewPrefix();
        var puts = Enumerable.Range(0, 2300).Select(i => new RowPut(prefix + i.ToString("D5", CultureInfo.InvariantCulture), Cells(i))).ToList();
        HashSet<string> keys = [.. puts.Select(put => put.Key)];

        var written = await store.WriteAsync(host.Table, puts, [], Cancellation);
        var read = await store.ReadAsync(host.Table, [.. keys, .. keys.Take(3)], keys, Cancellation);

        Assert.Equal((StoreFault.None, null), (written.Fault, written.Reason));
        Assert.Empty(written.Refused);
        Assert.Equal((StoreFault.None, null), (read.Fault, read.Reason));
        Assert.Equal(2300, read.Rows.Count);
        Assert.All(puts, put => AssertSame(put.Cells, read.Rows[put.Key].Cells));

        static Cell[] Cells(int i) =>
        [
            new("d:.", i, new byte[] { 0, 255, (byte)i }),
            new("d:a~2Cb", i, default),
            new("d:title", i, Encoding.UTF8.GetBytes($"\"{i} ü\"")),
            new("d:~", i + 1, new byte[i % 500]),
            new("m:rev", i, Encoding.UTF8.GetBytes($"{i}")),
        ];
    }

    [Fact]
    public async Task ReadAsync_RowsThatDoNotExist_AreAbsent()
    {
        var prefix = host.NewPrefix();
        await host.Store.WriteAsync(host.Table, [Put(prefix + "b", 5, "x")], [], Cancellation);

        var some = await host.Store.ReadAsync(host.Table, [prefix + "a", prefix + "b", prefix + "c"], new HashSet<string> { prefix + "a" }, Cancellation);
        var all = await host.Store.ReadAsync(host.Table, [prefix + "a", prefix + "c"], new HashSet<string> { prefix + "a" }, Cancellation);
        var none = await host.Store.ReadAsync(host.Table, [], None, Cancellation);

        Assert.Equal([prefix + "b"], some.Rows.Keys);
        Assert.Equal(StoreFault.None, all.Fault);
        Assert.Empty(all.Rows);
        Assert.Equal(StoreFault.None, none.Fault);
    }

    [Fact]
    public async Task ReadAsync_NoSuchTable_CreatesItAndFindsNothing()
    {
        var table = host.NewTable();

        var read = await host.Store.ReadAsync(table, ["a~b~c"], None, Cancellation);

        Assert.Equal((StoreFault.None, null), (read.Fault, read.Reason));
        Assert.Empty(read.Rows);
    }

    [Fact]
    public async Task WriteAsync_NoSuchTable_CreatesItWithVersionsAndKeptDeleteMarkers()
    {
        var table = host.NewTable();

        var written = await host.NewStore().WriteAsync(table, [Put("a~b~c", 5, "x")], [new("a~b~d", ["d"], 5)], Cancellation);
        var families = await FamiliesAsync(table);

        Assert.Equal((StoreFault.None, null), (written.Fault, written.Reason));
        Assert.Equal(["d", "m"], families.Keys.Order());
        Assert.All(families.Values, family => Assert.Equal(("5", "604800000"), (family["VERSIONS"], family["hbase.hstore.time.to.purge.deletes"])));
    }

    [Fact]
    public async Task EnsureTableAsync_TwoInstancesAtOnce_BothFindItThere()
    {
        var table = host.NewTable();
        var (one, two) = (host.NewStore(), host.NewStore());

        var answers = await Task.WhenAll(one.EnsureTableAsync(table, Cancellation), two.EnsureTableAsync(table, Cancellation), two.EnsureTableAsync(table, Cancellation));

        Assert.All(answers, answer => Assert.Equal((StoreFault.None, null), (answer.Fault, answer.Reason)));
    }

    [Fact]
    public async Task EnsureTableAsync_OperatorsTable_KeepsAttributesAndDataAndAddsWhatIsMissing()
    {
        var table = host.NewTable();
        await host.Store.EnsureTableAsync(host.Table, Cancellation);
        await host.SendAsync(HttpMethod.Post, $"/{table}/schema", """{"name":"x","ColumnSchema":[{"name":"d","VERSIONS":"10","COMPRESSION":"GZ"},{"name":"x","VERSIONS":"7","BLOOMFILTER":"NONE"}]}""");
        await host.SendAsync(HttpMethod.Put, $"/{table}/any", RawRow("job", ("d:a", "1"), ("x:b", "2")));

        var answer = await host.NewStore().EnsureTableAsync(table, Cancellation);
        var families = await FamiliesAsync(table);
        var rows = await host.Store.ReadAsync(table, ["job"], None, Cancellation);

        Assert.Equal((StoreFault.None, null), (answer.Fault, answer.Reason));
        Assert.Equal(["d", "m", "x"], families.Keys.Order());
        Assert.Equal(("10", "GZ"), (families["d"]["VERSIONS"], families["d"]["COMPRESSION"]));
        Assert.DoesNotContain("hbase.hstore.time.to.purge.deletes", families["d"].Keys);
        Assert.Equal(("7", "NONE"), (families["x"]["VERSIONS"], families["x"]["BLOOMFILTER"]));
        Assert.Equal(["d:a", "x:b"], rows.Rows["job"].Cells.Select(cell => cell.Column));
    }

    [Fact]
    public async Task WriteAsync_OlderAndRepeatedWrites_ChangeNothing()
    {
        var key = host.NewPrefix() + "a";

        foreach (var put in new[] { Put(key, 100, "new"), Put(key, 50, "old"), Put(key, 100, "new") })
            await host.Store.WriteAsync(host.Table, [put], [], Cancellation);
        var read = await host.Store.ReadAsync(host.Table, [key], None, Cancellation);

        AssertSame(Put(key, 100, "new").Cells, read.Rows[key].Cells);
    }

    [Fact]
    public async Task WriteAsync_DeletesAtTheirTimestamp_HideOlderAndEqualPutsOnly()
    {
        var prefix = host.NewPrefix();
        var (columns, family) = (prefix + "columns", prefix + "family");
        await host.Store.WriteAsync(host.Table, [Wide(columns, 100), Wide(family, 100)], [], Cancellation);

        var deleted = await host.Store.WriteAsync(host.Table, [], [new(columns, ["d:a", "d:b"], 100), new(family, ["d"], 150)], Cancellation);
        await host.Store.WriteAsync(host.Table, [new(columns, [Text("d:a", 100, "late"), Text("d:b", 101, "later")]), new(family, [Text("d:a", 150, "late")])], [], Cancellation);
        var read = await host.Store.ReadAsync(host.Table, [columns, family], None, Cancellation);

        Assert.Equal((StoreFault.None, null), (deleted.Fault, deleted.Reason));
        Assert.Equal(["d:b=later", "d:c=1", "m:rev=1"], Shown(read.Rows[columns]));
        Assert.Equal(["m:rev=1"], Shown(read.Rows[family]));

        static RowPut Wide(string key, long at) => new(key, [Text("d:a", at, "1"), Text("d:b", at, "1"), Text("d:c", at, "1"), Text("m:rev", at, "1")]);
    }

    [Fact]
    public async Task WriteAsync_ManyDeletesWithManyLongColumns_AreSplitAndCarriedOut()
    {
        var prefix = host.NewPrefix();
        string[] columns = [.. Enumerable.Range(0, 60).Select(i => $"d:{new string('c', 400)}{i:D2}")];
        string[] keys = [.. Enumerable.Range(0, 120).Select(i => $"{prefix}{i}")];
        await host.Store.WriteAsync(host.Table, [.. keys.Select(key => new RowPut(key, [Text(columns[0], 5, "x"), Text(columns[59], 5, "x")]))], [], Cancellation);

        var deleted = await host.Store.WriteAsync(host.Table, [], [.. keys.Select(key => new RowDelete(key, columns, 5))], Cancellation);
        var read = await host.Store.ReadAsync(host.Table, keys, None, Cancellation);

        Assert.Equal((StoreFault.None, null), (deleted.Fault, deleted.Reason));
        Assert.Empty(read.Rows);
    }

    [Fact]
    public async Task WriteAsync_OneRowTooLargeForTheCluster_IsRefusedAloneAndTheOthersAreStored()
    {
        var prefix = host.NewPrefix();
        var puts = Enumerable.Range(0, 9).Select(i => Put($"{prefix}{i}", 5, "x")).ToList();
        puts[4] = new(puts[4].Key, [new("d:a", 5, new byte[11 * 1024 * 1024])]);

        var together = await host.Store.WriteAsync(host.Table, puts, [], Cancellation);
        var alone = await host.Store.WriteAsync(host.Table, [puts[4]], [], Cancellation);
        var read = await host.Store.ReadAsync(host.Table, [.. puts.Select(put => put.Key)], None, Cancellation);

        Assert.Equal(StoreFault.None, together.Fault);
        Assert.Equal([puts[4].Key], together.Refused.Select(row => row.Key));
        Assert.Contains("KeyValue size too large", together.Refused[0].Reason, StringComparison.Ordinal);
        Assert.Equal([puts[4].Key], alone.Refused.Select(row => row.Key));
        Assert.Equal(8, read.Rows.Count);
    }

    [Fact]
    public async Task WriteAsync_FamilyThatTheTableLacks_IsMisconfiguredAndNeverARefusal()
    {
        var prefix = host.NewPrefix();

        var put = await host.Store.WriteAsync(host.Table, [Put(prefix + "a", 5, "x"), new(prefix + "b", [Text("nope:a", 5, "x")])], [], Cancellation);
        var delete = await host.Store.WriteAsync(host.Table, [], [new(prefix + "a", ["nope"], 5)], Cancellation);

        Assert.Equal(StoreFault.Misconfigured, put.Fault);
        Assert.Contains("NoSuchColumnFamily", put.Reason, StringComparison.Ordinal);
        Assert.Empty(put.Refused);
        Assert.Equal(StoreFault.Misconfigured, delete.Fault);
    }

    [Fact]
    public async Task ScanAsync_PageByPage_ReturnsTheRangeInOrderAndItsEnd()
    {
        var prefix = host.NewPrefix();
        string[] keys = [.. Enumerable.Range(0, 25).Select(i => $"{prefix}{i:D3}")];
        await host.Store.WriteAsync(host.Table, [.. keys.Reverse().Select(key => Put(key, 5, "x")), Put(prefix[..^1] + "0", 5, "other store")], [], Cancellation);
        await host.SendAsync(HttpMethod.Put, $"/{host.Table}/any", RawRow($"{prefix}009\0\u00e9", ("d:a", "a job's own row")));
        await host.SendAsync(HttpMethod.Put, $"/{host.Table}/any", RawRow(Encoding.UTF8.GetBytes($"{prefix}009").Append((byte)0xFE).ToArray(), ("d:a", "a job's own row")));

        List<string> seen = [];
        List<int> pages = [];
        var (start, end) = (prefix, prefix[..^1] + "\x7f");
        ScanAnswer page;
        do
        {
            page = await host.Store.ScanAsync(host.Table, start, end, 10, Cancellation);
            Assert.Equal((StoreFault.None, null), (page.Fault, page.Reason));
            seen.AddRange(page.Rows.Select(row => row.Key));
            pages.Add(page.Rows.Count);
            start = page.NextStart!;
        }
        while (!page.End);

        Assert.Equal(keys, seen);
        Assert.Equal([10, 10, 5], pages);
        Assert.Null(page.NextStart);
    }

    [Fact]
    public async Task ScanChangedAsync_FromATimeOn_ReturnsRecentCellsInTheirVersionsPageByPage()
    {
        var (table, prefix) = (host.NewTable(), host.NewPrefix());
        await host.Store.WriteAsync(
            table,
            [
                new(prefix + "a", [Text("d:x", 10, "old"), Text("m:rev", 10, "1")]),
                new(prefix + "b", [Text("d:x", 10, "old"), Text("d:y", 10, "old"), Text("d:y", 20, "new"), Text("d:y", 30, "newer"), Text("m:rev", 30, "2")]),
                new(prefix + "c", [Text("d:x", 20, "new"), Text("d:x", 4_000_000_000_000, "future")]),
            ],
            [],
            Cancellation);

        var first = await host.Store.ScanChangedAsync(table, "", 20, 1, Cancellation);
        var second = await host.Store.ScanChangedAsync(table, first.NextStart!, 20, 10, Cancellation);

        Assert.Equal([$"{prefix}b d:y=newer d:y=new m:rev=2"], first.Rows.Select(row => $"{row.Key} {string.Join(' ', Shown(row))}"));
        Assert.Equal([$"{prefix}c d:x=future d:x=new"], second.Rows.Select(row => $"{row.Key} {string.Join(' ', Shown(row))}"));
        Assert.Equal((false, true), (first.End, second.End));
    }

    [Fact]
    public async Task ScanAsync_EmptyRangeAndMissingTable_EndAtOnce()
    {
        var empty = await host.Store.ScanAsync(host.Table, "zzz~a~", "zzz~b~", 10, Cancellation);
        var missing = await host.Store.ScanAsync(host.NewTable(), "a", "", 10, Cancellation);

        Assert.Equal((StoreFault.None, null, true), (empty.Fault, empty.Reason, empty.End));
        Assert.Empty(empty.Rows);
        Assert.Equal((StoreFault.None, null, true), (missing.Fault, missing.Reason, missing.End));
    }

    [Fact]
    public async Task StampAsync_RowThatAJobDeleted_GetsATimestampAboveTheInvisibleMarker()
    {
        var key = host.NewPrefix() + "a";
        await host.Store.WriteAsync(host.Table, [Put(key, 5, "x")], [], Cancellation);
        await host.SendAsync(HttpMethod.Delete, $"/{host.Table}/{key}");

        var stamped = await host.Store.StampAsync(host.Table, [key, StoreColumns.ClockRow], Cancellation);
        var stamp = stamped.Stamps[key];
        await host.Store.WriteAsync(host.Table, [new(key, [Text("d:a", stamp + 1, "back")])], [], Cancellation);
        var read = await host.Store.ReadAsync(host.Table, [key], None, Cancellation);

        Assert.Equal((StoreFault.None, null), (stamped.Fault, stamped.Reason));
        Assert.InRange(stamped.Stamps[StoreColumns.ClockRow], stamp - 60_000, stamp + 60_000);
        Assert.Contains("d:a=back", Shown(read.Rows[key]));
    }

    [Fact]
    public async Task StampAsync_MarkerInTheClustersFuture_LeavesTheRowOut()
    {
        var key = host.NewPrefix() + "a";
        await host.Store.WriteAsync(host.Table, [], [new(key, ["m"], DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds())], Cancellation);

        var stamped = await host.Store.StampAsync(host.Table, [key], Cancellation);

        Assert.Equal((StoreFault.None, null), (stamped.Fault, stamped.Reason));
        Assert.Empty(stamped.Stamps);
    }

    [Fact]
    public async Task CheckAsync_ClusterUp_CountsItsServers()
    {
        var health = await host.Store.CheckAsync(Cancellation);

        Assert.Equal((StoreFault.None, null, 1, 0), (health.Fault, health.Reason, health.Endpoints, health.EndpointsLeftOut));
        Assert.InRange(health.LiveNodes, 1, 1000);
    }

    private static Cell Text(string column, long timestamp, string value) => new(column, timestamp, Encoding.UTF8.GetBytes(value));

    private static RowPut Put(string key, long timestamp, string value) => new(key, [Text("d:a", timestamp, value)]);

    private static IEnumerable<string> Shown(Row row) => row.Cells.Select(cell => $"{cell.Column}={Encoding.UTF8.GetString(cell.Value.Span)}");

    private static void AssertSame(IReadOnlyList<Cell> expected, IReadOnlyList<Cell> actual) =>
        Assert.Equal(
            expected.Select(cell => (cell.Column, cell.Timestamp, Convert.ToHexString(cell.Value.Span))),
            actual.Select(cell => (cell.Column, cell.Timestamp, Convert.ToHexString(cell.Value.Span))));

    private static string RawRow(string key, params (string Column, string Value)[] cells) => RawRow(Encoding.UTF8.GetBytes(key), cells);

    private static string RawRow(byte[] key, params (string Column, string Value)[] cells) => JsonSerializer.Serialize(new
    {
        Row = new[]
        {
            new
            {
                key = Convert.ToBase64String(key),
                Cell = cells.Select(cell => new Dictionary<string, object>
                {
                    ["column"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(cell.Column)),
                    ["timestamp"] = 5,
                    ["$"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(cell.Value)),
                }),
            },
        },
    });

    private async Task<Dictionary<string, Dictionary<string, string?>>> FamiliesAsync(string table)
    {
        using var schema = JsonDocument.Parse(await host.SendAsync(HttpMethod.Get, $"/{table}/schema"));
        return schema.RootElement.GetProperty("ColumnSchema").EnumerateArray().ToDictionary(
            family => family.GetProperty("name").GetString()!,
            family => family.EnumerateObject().ToDictionary(attribute => attribute.Name, attribute => attribute.Value.GetString()));
    }
}
