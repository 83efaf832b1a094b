using MyriadSync.Configuration;
using MyriadSync.Contracts.Resolvers;
using MyriadSync.DevStack;
using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Stores;

/// <summary>Each policy, declared in a store file, over the whole path: wire, log, cluster, and back to another client.</summary>
public sealed class PolicyTests(PolicyTests.App app) : IClassFixture<PolicyTests.App>
{
    private const string Record = """{"tags":["x"],"title":"t0","votes":5}""";

    /// <summary>Policy, what A's patch gets whose base is before B's, its reason, and the record in the end.</summary>
    public static TheoryData<string, string, string?, string> Policies => new()
    {
        { "last-write-wins", "merged", null, """{"due":"A","tags":["B","x","A"],"title":"A","votes":8}""" },
        { "field-merge", "merged", null, """{"due":"A","tags":["B","x","A"],"title":"A","votes":8}""" },
        { "client-wins", "merged", null, """{"due":"A","tags":["B","x","A"],"title":"A","votes":8}""" },
        { "server-wins", "merged", "partly-superseded", """{"tags":["B","x","A"],"title":"B","votes":8}""" },
        { "reject", "conflict", "partly-applied", """{"tags":["B","x","A"],"title":"B","votes":8}""" },
        { "manual", "conflict", "partly-applied", """{"tags":["B","x","A"],"title":"B","votes":8}""" },
        { "custom", "merged", "concurrent-edit", """{"tags":["B","x","A"],"title":"A and B","votes":8}""" },
    };

    public static TheoryData<string> Names => new("last-write-wins", "field-merge", "client-wins", "server-wins", "reject", "manual", "custom");

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Push_ConcurrentPatch_IsSettledAsTheStoreFileSaysAndCountsAnyway(string policy, string outcome, string? reason, string record)
    {
        using var a = new DatasetClient(app.Stack, "concurrent-" + policy, "a");
        using var b = new DatasetClient(app.Stack, "concurrent-" + policy, "b") { ClockOffMs = -60_000 };
        await b.PushAsync(b.Put(policy, policy, Record));
        var rev = await RevAsync(b, policy);

        await b.PushAsync(b.Patch(policy, policy, """{"set":{"/title":"B","/tags":["B","x"]},"inc":{"/votes":1}}""", on: rev));
        var push = await a.PushAsync(a.Patch(policy, policy, """{"set":{"/title":"A","/due":"A"},"inc":{"/votes":2},"add":{"/tags":["A"]}}""", on: rev));

        var result = Assert.Single(push.Results);
        Assert.Equal((outcome, reason), (result.GetProperty("outcome").GetString(), result.TryGetProperty("reason", out var why) ? why.GetString() : null));
        Assert.Equal(record, result.GetProperty("value").GetRawText());
        Assert.Equal(record, (await b.RecordAsync(policy, policy)).Json.GetProperty("value").GetRawText());
        Assert.Equal(policy == "manual", result.TryGetProperty("conflictId", out _));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Push_OwnEditsOnOneBaseInOneBatchAndInTwo_AreInConflictWithNothing(string policy)
    {
        using var other = new DatasetClient(app.Stack, "own-" + policy, "other");
        using var me = new DatasetClient(app.Stack, "own-" + policy, "me") { ClockOffMs = -3_600_000 };
        await other.PushAsync(other.Put(policy, policy, Record));
        var rev = await RevAsync(other, policy);

        var one = await me.PushAsync(me.Patch(policy, policy, """{"set":{"/title":"1"}}""", on: rev), me.Patch(policy, policy, """{"set":{"/due":"2"},"inc":{"/votes":1}}""", on: rev));
        var two = await me.PushAsync(me.Put(policy, policy, """{"tags":[],"title":"3","votes":7}""", on: rev));

        Assert.All(one.Results.Concat(two.Results), result => Assert.Equal("applied", result.GetProperty("outcome").GetString()));
        Assert.Equal("""{"tags":[],"title":"3","votes":7}""", (await other.RecordAsync(policy, policy)).Json.GetProperty("value").GetRawText());
    }

    [Fact]
    public async Task Push_IncrementsSentTwiceByThreeClients_CountOnce()
    {
        var clients = Enumerable.Range(0, 3).Select(i => new DatasetClient(app.Stack, "counting", $"c{i}")).ToList();
        await clients[0].PushAsync(clients[0].Put("field-merge", "k", Record));

        await Task.WhenAll(clients.Select(async client =>
        {
            for (var i = 0; i < 5; i++)
            {
                var batch = client.Batch([client.Patch("field-merge", "k", """{"inc":{"/votes":1}}""", on: 1)]);
                await client.SendAsync(batch);
                await client.SendAsync((System.Text.Json.Nodes.JsonObject)batch.DeepClone());
            }
        }));

        Assert.Equal(20, (await clients[0].RecordAsync("field-merge", "k")).Json.GetProperty("value").GetProperty("votes").GetInt32());
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Push_JobWroteAnotherField_OfflineEditIsNotInConflictWithIt()
    {
        using var client = new DatasetClient(app.Stack, "job", "c");
        await client.PushAsync(client.Put("field-merge", "k", Record));
        var row = (await client.RecordAsync("field-merge", "k")).Json;
        var job = new ClusterJob(app.Services.Get<IRecordStore>(), "job");
        await job.PutAsync("field-merge", "k", "d:status", "\"done\"", new ClusterView(app.Stack.Emulator!).State("job", "k", "field-merge").NewestCell + 1);

        using var offline = new DatasetClient(app.Stack, "job", "offline") { ClockOffMs = -60_000 };
        var push = await offline.PushAsync(offline.Patch("field-merge", "k", """{"set":{"/title":"t1"}}""", on: row.GetProperty("rev").GetInt64()));

        Assert.Equal("merged", push.Results[0].GetProperty("outcome").GetString());
        Assert.Equal("""{"status":"done","tags":["x"],"title":"t1","votes":5}""", push.Results[0].GetProperty("value").GetRawText());
    }

    private static async Task<long> RevAsync(DatasetClient client, string policy) => (await client.RecordAsync(policy, policy)).Json.GetProperty("rev").GetInt64();

    /// <summary>An app with a store per policy.</summary>
    public sealed class App(SharedAzurite azurite) : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        public LocalStack Stack { get; private set; } = null!;

        internal AppServices Services { get; } = new();

        public async ValueTask InitializeAsync()
        {
            var files = Names.Select(row => row.Data).Select(name => (name, $$"""
                { "store": "{{name}}", "policy": {{(name == "custom" ? """{ "custom": "both" }""" : $"\"{name}\"")}}, "kinds": { "/votes": "counter", "/tags": "set" } }
                """)).ToArray();
            Stack = await azurite.StartStackAsync(new LocalStackOptions
            {
                Settings = new Dictionary<string, string> { [StoreFolder.Setting] = StoreFolder.Write(_folder, files) },
                ConfigureServices = services =>
                {
                    services.AddConflictResolver("both", new BothTitles());
                    Services.Capture(services);
                },
            });
        }

        public async ValueTask DisposeAsync()
        {
            await Stack.DisposeAsync();
            _folder.Dispose();
        }
    }

    private sealed class BothTitles : IConflictResolver
    {
        public ConflictDecision Resolve(ConcurrentEdit edit) => ConflictDecision.Replace(edit.Current.Value!.With("title", "\"A and B\""u8.ToArray()));
    }
}
