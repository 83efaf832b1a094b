using System.Net;
using System.Text.Json.Nodes;
using MyriadSync.DevStack;
using MyriadSync.MyriadEmulator.Faults;

namespace MyriadSync.IntegrationTests.Stores;

/// <summary>Two versions of an app side by side over one dataset, and what was stored before the newer one came.</summary>
public sealed class SchemaVersionTests(SharedAzurite azurite)
{
    private const string Before = """{"store":"notes"}""";
    private const string After = """
        {"store":"notes","migrations":[{"to":2,"steps":[{"rename":"/title","to":"name"},{"add":"/stars","value":0},{"convert":"/state","values":[["o","open"],["d","done"]],"otherwise":"o"}]}]}
        """;

    private const string Irreversible = """{"store":"notes","migrations":[{"to":2,"irreversible":true,"steps":[{"drop":"/title"}]}]}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoVersions_OneDataset_EachSeesItsOwnShapeAndKeepsTheOthers()
    {
        using var folder = new TemporaryFolder();
        await using var stack = await StartAsync(folder, After, current: 2);
        using var old = new SyncClient(stack, "notes");
        using var young = new SyncClient(stack, "notes");

        await young.SendAsync(InVersion(2, young.Batch(Put("""{"name":"milk","stars":5,"state":"open"}"""))));
        var put = await old.SendAsync(InVersion(1, old.Batch(Put("""{"title":"bread","state":"d"}""", on: 1))));
        var patch = await old.SendAsync(InVersion(1, old.Batch(Patch("""{"set":{"/title":"rye"}}""", on: 2))));

        Assert.Equal(["applied", "applied"], [put.Outcomes[0], patch.Outcomes[0]]);
        Assert.Equal("""{"name":"rye","stars":5,"state":"done"}""", Text((await PullAsync(young, 2))[^1]!["value"]));
        Assert.Equal("""{"state":"d","title":"rye"}""", Text((await PullAsync(young, 1))[^1]!["value"]));
        Assert.Equal("""{"state":"d","title":"rye"}""", Text((await young.GetAsync("snapshot?schemaVersion=1"))["records"]![0]!["value"]));
        Assert.Equal("""{"current":2,"oldest":1}""", (await young.GetAsync(""))["schemaVersion"]!.ToJsonString());
    }

    [Fact]
    public async Task OlderVersion_LosingEdit_IsShownTheRecordInItsOwnShape()
    {
        using var folder = new TemporaryFolder();
        await using var stack = await StartAsync(folder, After, current: 2);
        using var old = new SyncClient(stack, "notes");
        using var young = new SyncClient(stack, "notes");
        await young.SendAsync(InVersion(2, young.Batch(Put("""{"name":"milk","state":"later"}"""))));

        var late = Put("""{"title":"bread"}""");
        late["at"] = $"0000000000010000{old.ClientId}";
        var push = await old.SendAsync(InVersion(1, old.Batch(late)));

        Assert.Equal("superseded", push.Outcomes[0]);
        Assert.Equal("""{"state":"o","title":"milk"}""", Text(push.Results[0]!["value"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StoredBefore_NewVersion_IsLiftedWhereverItLies(bool applied)
    {
        using var stores = new TemporaryFolder();
        using var data = new TemporaryFolder();
        var cursor = await FillAsync(stores, data, applied);
        StoreFolder.Write(stores, ("notes", After));
        await using var stack = await LocalStack.StartAsync(Options(stores, data, current: 2), Cancel);
        using var young = new SyncClient(stack, "notes") { Cursor = cursor };

        var before = await young.GetAsync("snapshot");
        var patch = await young.SendAsync(InVersion(2, young.Batch(Patch("""{"set":{"/state":"done"}}""", on: 1))));
        var after = await young.GetAsync("snapshot");
        var log = await PullAsync(young, 2);

        Assert.Equal("""{"name":"milk","stars":0,"state":"open"}""", Text(before["records"]![0]!["value"]));
        Assert.Equal(["applied"], patch.Outcomes);
        Assert.Equal("""{"name":"milk","stars":0,"state":"done"}""", Text(after["records"]![0]!["value"]));
        Assert.Equal(["""{"name":"milk","stars":0,"state":"open"}""", """{"name":"milk","stars":0,"state":"done"}"""], log.Select(change => Text(change["value"])));
        Assert.Equal(["name", "stars", "state"], await ColumnsAsync(stack));
    }

    [Fact]
    public async Task OutsideTheWindow_PushPullAndSnapshot_Are409AndNothingIsStored()
    {
        using var folder = new TemporaryFolder();
        await using var stack = await StartAsync(folder, Irreversible, current: 2);
        using var client = new SyncClient(stack, "notes");

        var old = await client.SendAsync(InVersion(1, client.Batch(Put("""{"title":"a"}"""))));
        var young = await client.SendAsync(InVersion(3, client.Batch(Put("""{"name":"a"}"""))));

        Assert.Equal((HttpStatusCode.Conflict, "schema-too-old", HttpStatusCode.Conflict, "schema-too-new"), (old.Status, old.Problem, young.Status, young.Problem));
        Assert.Equal((2, 2), ((int)old.Body["current"]!, (int)old.Body["oldest"]!));
        Assert.Equal([HttpStatusCode.Conflict, HttpStatusCode.Conflict], [await StatusAsync(client, "changes?schemaVersion=1"), await StatusAsync(client, "snapshot?schemaVersion=3")]);
        client.NextSeq = 1;
        var again = await client.SendAsync(InVersion(2, client.Batch(Put("""{"name":"a"}"""))));
        Assert.Equal(["applied"], again.Outcomes);
    }

    /// <summary>One note of the first version, on the cluster or only in the log; returns the cursor before it.</summary>
    private async Task<string> FillAsync(TemporaryFolder stores, TemporaryFolder data, bool applied)
    {
        StoreFolder.Write(stores, ("notes", Before));
        await using var stack = await LocalStack.StartAsync(Options(stores, data, current: 1), Cancel);
        using var client = new SyncClient(stack, "notes");
        var cursor = (string)(await client.GetAsync("changes"))["cursor"]!;
        if (!applied)
        {
            stack.Emulator!.Faults.Current = new FaultSet { Rules = [new FaultRule { Action = FaultAction.Answer, Side = EmulatorSide.HBase, Method = "PUT" }] };
        }

        await client.SendAsync(client.Batch(Put("""{"title":"milk","state":"o"}""")), "wait=2");
        return cursor;
    }

    private Task<LocalStack> StartAsync(TemporaryFolder folder, string notes, int current) => azurite.StartStackAsync(Options(folder, null, current, notes));

    private static LocalStackOptions Options(TemporaryFolder stores, TemporaryFolder? data, int current, string? notes = null) => new()
    {
        Data = data?.Path,
        Settings = new Dictionary<string, string>
        {
            [StoreFolder.Setting] = notes is null ? stores.Path : StoreFolder.Write(stores, ("notes", notes)),
            ["Stores:SchemaVersion"] = current.ToString(System.Globalization.CultureInfo.InvariantCulture),
        },
    };

    private static JsonObject InVersion(int version, JsonObject batch)
    {
        batch["schemaVersion"] = version;
        return batch;
    }

    private static async Task<IReadOnlyList<JsonNode>> PullAsync(SyncClient client, int version) =>
        [.. (await client.GetAsync($"changes?schemaVersion={version}{(client.Cursor is null ? "" : "&since=" + client.Cursor)}"))["changes"]!.AsArray().Select(change => change!)];

    private static async Task<IEnumerable<string>> ColumnsAsync(LocalStack stack)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { { "Accept", "application/json" } } };
        var row = JsonNode.Parse(await http.GetStringAsync(new Uri(stack.HBaseAddress, "/myriadsync:records/multiget/d?row=notes~notes~Sn"), Cancel))!["Row"]![0]!;
        return row["Cell"]!.AsArray().Select(cell => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)cell!["column"]!))["d:".Length..]).Order(StringComparer.Ordinal);
    }

    private static JsonObject Put(string value, int? on = null, string key = "n") => With(on, new() { ["store"] = "notes", ["key"] = key, ["op"] = "put", ["value"] = JsonNode.Parse(value) });

    private static JsonObject Patch(string verbs, int? on)
    {
        var change = With(on, JsonNode.Parse(verbs)!.AsObject());
        (change["store"], change["key"], change["op"]) = ("notes", "n", "patch");
        return change;
    }

    private static JsonObject With(int? on, JsonObject change)
    {
        if (on is not null)
        {
            change["base"] = on;
        }

        return change;
    }

    private static string Text(JsonNode? value) => value!.ToJsonString();

    private static async Task<HttpStatusCode> StatusAsync(SyncClient client, string path)
    {
        using var response = await client.Http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return response.StatusCode;
    }
}
