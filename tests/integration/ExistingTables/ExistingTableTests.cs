using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MyriadSync.DevStack;
using MyriadSync.FunctionsRuntime.Tests.Support;

namespace MyriadSync.IntegrationTests.ExistingTables;

/// <summary>A table that a job made and goes on to use is synchronised with browsers, and nothing else of it is touched.</summary>
public abstract class ExistingTableTests(SharedAzurite azurite)
{
    private const string Dataset = "shop";
    private const string Own = """{ "family": "sync", "add": true }""";

    public static TheoryData<string, bool> Cases => [.. from key in new[] { "utf8", "int64", "int64-ordered", "{region}|{id:int}" } from own in new[] { true, false } select (key, own)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Table_SyncedBothWays_KeepsEveryForeignCell(string key, bool own)
    {
        var table = TableCase.Of(key);
        var name = NewTable();
        using var folder = new TemporaryFolder();
        await using var stack = await StartAsync(folder, name, key, Sync(name, own));
        await using var job = new TableJob(stack.HBaseAddress, name);
        await job.CreateAsync("cf", "other");
        var then = TimeProvider.System.GetUtcNow().AddDays(-1).ToUnixTimeMilliseconds();
        foreach (var row in table.Records.SkipLast(1).Select(record => record.Row).Concat(table.Strange))
        {
            await job.PutAsync(row, then, ("cf:name", "old"u8.ToArray()), ("cf:secret", "1"u8.ToArray()), ("other:name", "x"u8.ToArray()));
            await job.PutAsync(row, then + 1000, ("cf:name", "tea"u8.ToArray()), ("cf:price", BitConverter.GetBytes(2.5).Reverse().ToArray()), ("cf:secret", "2"u8.ToArray()));
        }

        var before = await ForeignAsync(job);
        using var client = new SyncClient(stack, Dataset);

        var first = await client.SnapshotAsync(limit: 2);
        var revs = first.Select(record => (long)record["rev"]!).ToList();
        var patched = await client.PushAsync(Change.Patch("goods", table.KeyOf(0), revs[0], ("set", JsonNode.Parse("""{"/price":3}""")!)));
        var put = await client.PushAsync(Change.Put("goods", table.KeyOf(1), JsonNode.Parse("""{"name":"coffee"}""")!, revs[1]));
        var added = await client.PushAsync(Change.Put("goods", table.KeyOf(3), JsonNode.Parse("""{"name":"new","price":1}""")!));
        var deleted = await client.PushAsync(Change.Delete("goods", table.KeyOf(2), revs[2]));
        await job.PutAsync(table.Records[0].Row, null, ("cf:name", "milk"u8.ToArray()));
        var merged = await client.PushAsync(Change.Patch("goods", table.KeyOf(0), patched.Revs[0], ("set", JsonNode.Parse("""{"/price":4}""")!)));
        var last = await client.SnapshotAsync(limit: 1);
        using var second = new SyncClient(stack, Dataset);
        var pulled = await second.PullAsync();

        Assert.Equal([Text(table.KeyOf(0)), Text(table.KeyOf(1)), Text(table.KeyOf(2))], first.Select(record => Text(record["key"])));
        Assert.All(first, record => Assert.Equal("""{"name":"tea","price":2.5}""", record["value"]!.ToJsonString()));
        Assert.All(revs, rev => Assert.True(rev > 0));
        Assert.Equal(["applied", "applied", "applied", "applied", "merged"], new[] { patched, put, added, deleted, merged }.Select(push => push.Outcomes[0]));
        Assert.Equal(Shown(table), last.Select(record => $"{Text(record["key"])} {record["value"]!.ToJsonString()}"));
        Assert.Contains(pulled, change => (string?)change["by"] == "myriad" && change["value"]?["name"]?.ToString() == "milk");
        Assert.Equal("cf:name=6D696C6B cf:price=4010000000000000 cf:secret=32 other:name=78", await job.RowAsync(table.Records[0].Row));
        Assert.Equal("cf:name=636F66666565 cf:secret=32 other:name=78", await job.RowAsync(table.Records[1].Row));
        Assert.Equal("cf:secret=32 other:name=78", await job.RowAsync(table.Records[2].Row));
        Assert.Equal("cf:name=6E6577 cf:price=3FF0000000000000", await job.RowAsync(table.Records[3].Row));
        Assert.Equal(before, await ForeignAsync(job));
        Assert.Equal(own ? "cf:7:8640000 other:7:8640000 sync:5:2147483647" : "cf:7:8640000 other:7:8640000", await job.FamiliesAsync());
    }

    /// <summary>A key in another form, or of another dataset, has no row there.</summary>
    [Fact]
    public async Task Key_ThatTheTableCannotHave_IsRejectedByName()
    {
        var name = NewTable();
        using var folder = new TemporaryFolder();
        await using var stack = await StartAsync(folder, name, "{region}|{id:int}", Own);
        await using var job = new TableJob(stack.HBaseAddress, name);
        await job.CreateAsync("cf");
        using var client = new SyncClient(stack, Dataset);
        using var elsewhere = new SyncClient(stack, "elsewhere");

        var push = await client.PushAsync(Put("""["e|u",1]"""), Put("""["eu","1"]"""), Put("\"eu\""), Put("""["eu",1]"""));
        var foreign = await elsewhere.PushAsync(Put("""["eu",1]"""));

        Assert.Equal(["rejected", "rejected", "rejected", "applied"], push.Outcomes);
        Assert.Equal(("key-not-storable", "/changes/0/key/0"), ((string?)push.Results[0]!["reason"], (string?)push.Results[0]!["pointer"]));
        Assert.Contains("region holds the separator |", (string?)push.Results[0]!["detail"], StringComparison.Ordinal);
        Assert.Contains("id is a whole number", (string?)push.Results[1]!["detail"], StringComparison.Ordinal);
        Assert.Equal(("unknown-store", "/changes/0/store"), ((string?)foreign.Results[0]!["reason"], (string?)foreign.Results[0]!["pointer"]));
        Assert.Empty(await elsewhere.SnapshotAsync());
        Assert.Single(await client.SnapshotAsync());
    }

    /// <summary>Without the table, or a family of it, batches wait; nothing is made in its place.</summary>
    [Theory]
    [InlineData(null, "does not exist")]
    [InlineData("other sync", "has no family cf")]
    [InlineData("cf", "has no family sync")]
    public async Task Table_NotThereOrLackingAFamily_KeepsBatchesWaiting(string? families, string trouble)
    {
        var name = NewTable();
        using var folder = new TemporaryFolder();
        using var log = new CapturingLoggerProvider();
        await using var stack = await StartAsync(folder, name, "utf8", """{ "family": "sync" }""", log: log);
        await using var job = new TableJob(stack.HBaseAddress, name);
        if (families is not null)
        {
            await job.CreateAsync(families.Split(' '));
        }

        using var client = new SyncClient(stack, Dataset);
        var batch = client.Batch(Put("\"a\""));
        await Eventually.TrueAsync("the batch says what it waits for", async () => (await client.SendAsync(batch, prefer: "wait=2")).Body["waitingFor"] is not null, TimeSpan.FromSeconds(60));
        var push = await client.SendAsync(batch, prefer: "respond-async");
        using var ready = await client.Http.GetAsync(new Uri("/api/v1/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(("accepted", "cluster-misconfigured"), (push.BatchStatus, (string?)push.Body["waitingFor"]));
        Assert.Contains("table-unfit", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(log.Lines, line => line.Contains($"[3008] A store's table needs a look: the table {name} of store goods {trouble}", StringComparison.Ordinal));
        Assert.Equal(families is null ? null : string.Join(' ', families.Split(' ').Select(family => $"{family}:7:8640000")), await job.FamiliesAsync());
    }

    /// <summary>What a job writes, before us and beside us, reaches a browser that waits; what we write ourselves is not taken for a job's.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Job_WritingBeforeAndBesideUs_ReachesTheWaitingBrowserOnce(bool own)
    {
        var name = NewTable();
        using var folder = new TemporaryFolder();
        await using var stack = await StartAsync(folder, name, "int64", Sync(name, own), scans: true);
        await using var job = new TableJob(stack.HBaseAddress, name);
        await job.CreateAsync("cf", "other");
        using var client = new SyncClient(stack, Dataset);

        await job.PutAsync(TableCase.Long(-1), null, ("cf:name", "there"u8.ToArray()), ("other:x", "1"u8.ToArray()));
        var there = await client.GetAsync("changes?wait=30");
        await client.PushAsync(Change.Put("goods", 2, JsonNode.Parse("""{"name":"ours"}""")!));
        client.Cursor = (string?)there["cursor"];
        var ours = await client.PullAsync();
        var waiting = client.GetAsync($"changes?since={client.Cursor}&wait=30");
        await job.PutAsync(TableCase.Long(2), null, ("cf:name", "theirs"u8.ToArray()));
        var theirs = await waiting;
        var none = await client.GetAsync($"changes?since={theirs["cursor"]}&wait=3");

        Assert.Equal(["-1 myriad there"], Told(there));
        Assert.Equal([$"2 {client.ClientId} ours"], ours.Select(TextOf));
        Assert.Equal(["2 myriad theirs"], Told(theirs));
        Assert.Empty(none["changes"]!.AsArray());
    }

    /// <summary>Rows hold no column for what their keys say; records have it all the same, and nothing else in its place.</summary>
    [Fact]
    public async Task KeyPath_WithoutColumns_IsReadFromTheRowKey()
    {
        var name = NewTable();
        using var folder = new TemporaryFolder();
        await using var stack = await StartAsync(folder, name, "{region}|{id:int}", Own, file: """, "keyPath": ["region", "id"]""");
        await using var job = new TableJob(stack.HBaseAddress, name);
        await job.CreateAsync("cf");
        await job.PutAsync("eu|7"u8.ToArray(), null, ("cf:name", "tea"u8.ToArray()));
        using var client = new SyncClient(stack, Dataset);

        var loaded = await client.SnapshotAsync();
        var push = await client.PushAsync(
            Change.Patch("goods", JsonNode.Parse("""["eu",7]""")!, (long)loaded[0]["rev"]!, ("set", JsonNode.Parse("""{"/price":2}""")!)),
            Change.Put("goods", JsonNode.Parse("""["us",8]""")!, JsonNode.Parse("""{"region":"us","id":8,"name":"coffee"}""")!),
            Change.Put("goods", JsonNode.Parse("""["us",9]""")!, JsonNode.Parse("""{"region":"eu","id":9,"name":"coffee"}""")!),
            Change.Patch("goods", JsonNode.Parse("""["us",8]""")!, null, ("unset", JsonNode.Parse("""["/id"]""")!)));
        var last = await client.SnapshotAsync();

        Assert.Equal("""{"id":7,"name":"tea","region":"eu"}""", loaded[0]["value"]!.ToJsonString());
        Assert.Equal(["applied", "applied", "rejected", "rejected"], push.Outcomes);
        Assert.Equal(("key-mismatch", "/changes/2/value/region"), ((string?)push.Results[2]!["reason"], (string?)push.Results[2]!["pointer"]));
        Assert.Equal(["""{"id":7,"name":"tea","price":2,"region":"eu"}""", """{"id":8,"name":"coffee","region":"us"}"""], last.Select(record => record["value"]!.ToJsonString()));
        Assert.Equal("cf:name=636F66666565", await job.RowAsync("us|8"u8.ToArray()));
    }

    /// <summary>Page tokens come from outside: what they say of a row may be anything.</summary>
    [Fact]
    public async Task Snapshot_PageThatNamesNoRow_IsRefused()
    {
        var name = NewTable();
        using var folder = new TemporaryFolder();
        await using var stack = await StartAsync(folder, name, "int64", Own);
        await using var job = new TableJob(stack.HBaseAddress, name);
        await job.CreateAsync("cf");
        await job.PutAsync(TableCase.Long(1), null, ("cf:name", "a"u8.ToArray()));
        await job.PutAsync(TableCase.Long(2), null, ("cf:name", "b"u8.ToArray()));
        using var client = new SyncClient(stack, Dataset);

        var token = Encoding.UTF8.GetString(Base64Url.DecodeFromChars((string)(await client.GetAsync("snapshot?limit=1"))["nextPage"]!));
        var page = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token + "zz"));
        using var answer = await client.Http.GetAsync(new Uri($"snapshot?limit=1&page={page}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    /// <summary>The gateway; null: an emulator of the stack's own.</summary>
    protected abstract Uri? Gateway();

    private static string NewTable() => $"shop:t{Guid.NewGuid():N}";

    private static string Sync(string table, bool own) => own ? Own : $$"""{ "table": "{{TableJob.BesideOf(table)}}" }""";

    private static IEnumerable<string> Told(JsonNode page) => page["changes"]!.AsArray().Select(change => TextOf(change!));

    private static string TextOf(JsonNode change) => $"{change["key"]} {change["by"]} {change["value"]!["name"]}";

    private static JsonObject Put(string key) => Change.Put("goods", JsonNode.Parse(key)!, JsonNode.Parse("""{"name":"x"}""")!);

    private static string Text(JsonNode? key) => key!.ToJsonString();

    /// <summary>The records in the end, in the order of their rows.</summary>
    private static IEnumerable<string> Shown(TableCase table) =>
        new[] { (0, """{"name":"milk","price":4}"""), (1, """{"name":"coffee"}"""), (3, """{"name":"new","price":1}""") }
            .Select(record => (table.Records[record.Item1].Row, Text: $"{Text(table.KeyOf(record.Item1))} {record.Item2}"))
            .OrderBy(record => Encoding.Latin1.GetString(record.Row), StringComparer.Ordinal)
            .Select(record => record.Text);

    private static async Task<IEnumerable<string>> ForeignAsync(TableJob job) =>
        (await job.CellsAsync()).Where(cell => cell.Contains("secret", StringComparison.Ordinal) || cell.Contains("other:", StringComparison.Ordinal)).ToList();

    private Task<LocalStack> StartAsync(TemporaryFolder folder, string table, string key, string sync, bool scans = false, string? file = null, ILoggerProvider? log = null) => azurite.StartStackAsync(new LocalStackOptions
    {
        HBase = Gateway(),
        ConfigureServices = log is null ? null : services => services.AddSingleton(log),
        Settings = new Dictionary<string, string>
        {
            ["Myriad:Scan:Schedule"] = scans ? "* * * * * *" : "0 0 0 1 1 *",
            [StoreFolder.Setting] = StoreFolder.Write(folder, ("goods", $$"""
                {
                  "store": "goods", "policy": "field-merge"{{file}},
                  "table": { "name": "{{table}}", "key": "{{key}}", "dataset": "{{Dataset}}", "sync": {{sync}} },
                  "mapping": { "fields": { "name": { "column": "cf:name", "as": "utf8" }, "price": { "column": "cf:price", "as": "double" } } }
                }
                """)),
        },
    });
}
