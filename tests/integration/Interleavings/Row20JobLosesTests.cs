using MyriadSync.DevStack;
using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>
/// What a job writes loses by the store's policy, because the record has a later edit: by a client whose clock is ahead. The cluster shows the record in effect
/// after the restoring entry, and the job's write is not judged again.
/// </summary>
public sealed class Row20JobLosesTests(SharedAzurite azurite)
{
    private static readonly string[] Stores = ["last-write-wins", "field-merge"];

    [Theory]
    [InlineData("last-write-wins", """{"due":"d","title":"t"}""")]
    [InlineData("field-merge", """{"due":"job","title":"t"}""")]
    public async Task Fetch_JobsWriteIsOlderThanTheEditInEffect_ClusterShowsTheRecordInEffectAndIsAtRest(string store, string record)
    {
        await using var app = await App.StartAsync(azurite);
        using var early = new DatasetClient(app.Stack, store, "early");
        using var ahead = new DatasetClient(app.Stack, store, "ahead") { ClockOffMs = 50_000 };
        await early.PushAsync(early.Put(store, "k", """{"due":"d","title":"old"}"""));
        await ahead.PushAsync(ahead.Patch(store, "k", """{"set":{"/title":"t"}}""", on: 1));

        var (job, written) = (app.JobOn(store), app.View.State(store, "k", store).NewestCell);
        await job.PutAsync(store, "k", "d:title", "\"job\"", written + 1);
        await job.PutAsync(store, "k", "d:due", "\"job\"", written + 1);
        var first = await early.PushAsync(early.Patch(store, "k", """{"set":{"/seen":1}}""", on: 2));
        var second = await early.PushAsync(early.Patch(store, "k", """{"set":{"/seen":2}}""", on: 4));

        var log = await early.PullAllAsync();
        Assert.Equal(["myriad", "early", "early"], log.Where(change => change.GetProperty("rev").GetInt64() > 2).Select(change => change.GetProperty("by").GetString()));
        var restored = log.Single(change => change.GetProperty("rev").GetInt64() == 3);
        Assert.Equal(("restore", record), (restored.GetProperty("cause").GetString(), restored.GetProperty("value").GetRawText()));
        Assert.Equal(["merged", "applied"], first.Results.Concat(second.Results).Select(result => result.GetProperty("outcome").GetString()));
        Assert.Equal("\"t\"", app.View.Fields(store, "k", store)["title"]);
        Assert.False(app.View.State(store, "k", store).Foreign);
    }

    [Fact]
    public async Task Fetch_JobsDeletionIsOlderThanTheEditInEffect_RecordComesBackWhole()
    {
        await using var app = await App.StartAsync(azurite);
        using var ahead = new DatasetClient(app.Stack, "row20", "ahead") { ClockOffMs = 50_000 };
        using var other = new DatasetClient(app.Stack, "row20", "other");
        await ahead.PushAsync(ahead.Put("field-merge", "k", """{"due":"d","title":"t"}"""));

        await app.JobOn("row20").PutAsync("field-merge", "k", "m:deleted", "1", app.View.State("row20", "k", "field-merge").NewestCell + 1);
        var push = await other.PushAsync(other.Patch("field-merge", "k", """{"set":{"/seen":1}}""", on: 1));

        Assert.Equal("merged", push.Results[0].GetProperty("outcome").GetString());
        Assert.Equal(new Dictionary<string, string> { ["due"] = "\"d\"", ["seen"] = "1", ["title"] = "\"t\"" }, app.View.Fields("row20", "k", "field-merge"));
    }

    private sealed class App : IAsyncDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly AppServices _services = new();

        public LocalStack Stack { get; private set; } = null!;

        public ClusterView View => new(Stack.Emulator!);

        public static async Task<App> StartAsync(SharedAzurite azurite)
        {
            var app = new App();
            var files = Stores.Select(name => (name, $$"""{ "store": "{{name}}", "policy": "{{name}}" }""")).ToArray();
            app.Stack = await azurite.StartStackAsync(new LocalStackOptions
            {
                Settings = new Dictionary<string, string> { [StoreFolder.Setting] = StoreFolder.Write(app._folder, files) },
                ConfigureServices = app._services.Capture,
            });
            return app;
        }

        public ClusterJob JobOn(string dataset) => new(_services.Get<IRecordStore>(), dataset);

        public async ValueTask DisposeAsync()
        {
            await Stack.DisposeAsync();
            _folder.Dispose();
        }
    }
}
