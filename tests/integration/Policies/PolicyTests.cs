using MyriadSync.Configuration;
using MyriadSync.Contracts.Resolvers;
using MyriadSync.Contracts.Values;
using MyriadSync.DevStack;

namespace MyriadSync.IntegrationTests.Policies;

/// <summary>
/// One concurrent edit under every policy, through the whole path: <c>k</c> is <c>{"a":0,"b":0}</c> at rev 1, another client sets <c>a</c> to 1 at rev 2, and then
/// an edit on base 1 arrives, made an hour before that by its clock.
/// </summary>
public sealed class PolicyTests(SharedAzurite azurite) : IAsyncLifetime
{
    private static readonly string[] Names = ["last-write-wins", "field-merge", "client-wins", "server-wins", "reject", "manual"];

    private readonly TemporaryFolder _folder = new();
    private LocalStack _stack = null!;

    public async ValueTask InitializeAsync()
    {
        var files = Names.Select(name => (name, $$"""{ "store": "{{name}}", "policy": "{{name}}", "kinds": { "/n": "counter", "/t": "set" } }"""))
            .Append(("custom", """{ "store": "custom", "policy": { "custom": "both" }, "kinds": { "/n": "counter", "/t": "set" } }"""));
        _stack = await azurite.StartStackAsync(new LocalStackOptions
        {
            Settings = new Dictionary<string, string> { [StoreFolder.Setting] = StoreFolder.Write(_folder, [.. files]) },
            ConfigureServices = services => services.AddConflictResolver("both", new Both()),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _stack.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("last-write-wins", "superseded", "concurrent-edit", """{"a":1,"b":0}""")]
    [InlineData("field-merge", "superseded", "concurrent-edit", """{"a":1,"b":0}""")]
    [InlineData("client-wins", "merged", "", """{"a":2,"b":0}""")]
    [InlineData("server-wins", "superseded", "concurrent-edit", """{"a":1,"b":0}""")]
    [InlineData("reject", "conflict", "concurrent-edit", """{"a":1,"b":0}""")]
    [InlineData("manual", "conflict", "concurrent-edit", """{"a":1,"b":0}""")]
    [InlineData("custom", "merged", "concurrent-edit", """{"a":"both"}""")]
    public async Task Push_EarlierEditOfTheSameField_EndsAsThePolicySays(string store, string outcome, string reason, string record)
    {
        using var client = await ConcurrentAsync("same", store);

        var push = await client.PushAsync(client.Patch(store, "k", """{"set":{"/a":2}}""", on: 1));

        var result = push.Results[0];
        Assert.Equal((outcome, reason), (Text(result, "outcome"), Text(result, "reason")));
        Assert.Equal(store == "manual", result.TryGetProperty("conflictId", out _));
        Assert.Equal(record, await ValueAsync(client, store));
    }

    [Theory]
    [InlineData("last-write-wins", "superseded", """{"a":1,"b":0}""")]
    [InlineData("field-merge", "merged", """{"a":1,"b":2}""")]
    [InlineData("client-wins", "merged", """{"a":1,"b":2}""")]
    [InlineData("server-wins", "superseded", """{"a":1,"b":0}""")]
    [InlineData("reject", "conflict", """{"a":1,"b":0}""")]
    [InlineData("manual", "conflict", """{"a":1,"b":0}""")]
    [InlineData("custom", "merged", """{"a":"both"}""")]
    public async Task Push_EarlierEditOfAnotherField_EndsAsThePolicySays(string store, string outcome, string record)
    {
        using var client = await ConcurrentAsync("other", store);

        var push = await client.PushAsync(client.Patch(store, "k", """{"set":{"/b":2}}""", on: 1));

        Assert.Equal(outcome, Text(push.Results[0], "outcome"));
        Assert.Equal(record, await ValueAsync(client, store));
    }

    [Theory]
    [InlineData("last-write-wins")]
    [InlineData("field-merge")]
    [InlineData("client-wins")]
    [InlineData("server-wins")]
    [InlineData("reject")]
    [InlineData("manual")]
    [InlineData("custom")]
    public async Task Push_ConcurrentCountersAndSets_AddUpUnderEveryPolicy(string store)
    {
        using var client = await ConcurrentAsync("kinds", store);
        using var second = new DatasetClient(_stack, "kinds-" + store, "second");

        var push = await client.PushAsync(client.Patch(store, "k", """{"inc":{"/n":2},"add":{"/t":["x"]}}""", on: 1));
        var other = await second.PushAsync(second.Patch(store, "k", """{"inc":{"/n":3},"add":{"/t":["y"]}}""", on: 1));

        Assert.All([.. push.Results, .. other.Results], result => Assert.Equal("merged", Text(result, "outcome")));
        Assert.Equal("""{"a":1,"b":0,"n":5,"t":["x","y"]}""", await ValueAsync(client, store));
    }

    private async Task<DatasetClient> ConcurrentAsync(string dataset, string store)
    {
        using var other = new DatasetClient(_stack, $"{dataset}-{store}", "other");
        await other.PushAsync(other.Put(store, "k", """{"a":0,"b":0}"""));
        await other.PushAsync(other.Patch(store, "k", """{"set":{"/a":1}}""", on: 1));
        return new DatasetClient(_stack, $"{dataset}-{store}", "late") { ClockOffMs = -3_600_000 };
    }

    private static string Text(System.Text.Json.JsonElement result, string member) => result.TryGetProperty(member, out var text) ? text.GetString()! : "";

    /// <summary>The record, which the pull, the snapshot and the record's own answer must agree on.</summary>
    private static async Task<string> ValueAsync(DatasetClient client, string store)
    {
        var record = (await client.RecordAsync(store, "k")).Json.GetProperty("value").GetRawText();
        Assert.Equal(record, (await client.PullAllAsync())[^1].GetProperty("value").GetRawText());
        Assert.EndsWith(record, Assert.Single((await client.SnapshotAsync()).Records), StringComparison.Ordinal);
        return record;
    }

    private sealed class Both : IConflictResolver
    {
        public ConflictDecision Resolve(ConcurrentEdit edit) => ConflictDecision.Replace(RecordValue.Empty.With("a", "\"both\""u8.ToArray()));
    }
}
