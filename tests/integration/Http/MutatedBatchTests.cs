using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.Http;

/// <summary>Whatever is sent, nothing of ours fails, nothing is parked, and the log stays whole. <c>MYRIADSYNC_SEED</c> and <c>MYRIADSYNC_CASES</c> look elsewhere.</summary>
[Collection<HttpApi>]
public sealed class MutatedBatchTests(StackFixture fixture)
{
    private static readonly string[] Settled = ["applied", "merged", "superseded", "duplicate", "rejected"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Push_MutatedBatches_AreRefusedOrSettledAndASoundOneGoesInAfterwards()
    {
        var (seed, cases) = (Mutator.Seed, Mutator.Cases);
        var mutator = new Mutator(seed);
        using var client = new SyncClient(fixture.Stack, SyncClient.Unique("mutated"));
        await client.PushAsync(Sound(client));
        var statuses = new Dictionary<int, int>();

        for (var i = 0; i < cases; i++)
        {
            client.NextSeq = await NextSeqAsync(client);
            var body = mutator.Spoil(client.Batch(Sound(client)));

            using var content = new ByteArrayContent(body) { Headers = { { "Content-Type", "application/json" } } };
            using var request = new HttpRequestMessage(HttpMethod.Post, "batches") { Content = content, Headers = { { "Prefer", "wait=30" } } };
            using var answer = await client.Http.SendAsync(request, Cancel);

            var status = (int)answer.StatusCode;
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.True(status is 200 or (>= 400 and < 500) && Results(text).All(Settled.Contains), $"Seed {seed}, case {i}: {Encoding.UTF8.GetString(body)} gives {status} {text}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}: {string.Join(", ", statuses.Select(pair => $"{pair.Value} x {pair.Key}"))}");
        Assert.All([200, 400], status => Assert.True(statuses.GetValueOrDefault(status) >= cases / 20, $"Seed {seed}: the mutations are all of one kind."));
        client.NextSeq = await NextSeqAsync(client);
        var last = await client.PushAsync(Change.Put("notes", "last", "sound"));
        Assert.Equal(["applied"], last.Outcomes);
        var log = await ReadAllAsync(client, "changes", "changes", page => page.GetProperty("more").GetBoolean() ? $"since={page.GetProperty("cursor")}" : null);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(rev => (long)rev), log.Select(Rev));
        Assert.Equal(last.Revs[0], Rev(log[^1]));
        var alive = log.GroupBy(Id).Select(entries => entries.Last()).Where(entry => entry.GetProperty("op").ValueEquals("put")).Select(Brief);
        var snapshot = await ReadAllAsync(client, "snapshot", "records", page => page.TryGetProperty("nextPage", out var next) ? $"page={next}" : null);
        Assert.Equal(alive.Order(StringComparer.Ordinal), snapshot.Select(Brief).Order(StringComparer.Ordinal));
    }

    private static JsonObject[] Sound(SyncClient client) =>
    [
        Change.Put("notes", 1, new JsonObject { ["text"] = "a note", ["votes"] = 1, ["tags"] = new JsonArray("x", "y") }),
        Change.Patch("notes", 1, null, ("set", new JsonObject { ["/done"] = true }), ("inc", new JsonObject { ["/votes"] = 2 }), ("add", new JsonObject { ["/tags"] = new JsonArray("z") })),
        Change.Put("tasks", new JsonArray("k", client.NextSeq), "task"),
        Change.Delete("tasks", "gone"),
    ];

    /// <summary>A mutated batch that went in moves it by what was left of it.</summary>
    private static async Task<long> NextSeqAsync(SyncClient client)
    {
        var far = Change.Put("notes", 1, 1);
        far["seq"] = 1_000_000;
        return (long)(await client.SendAsync(client.Batch(far))).Body["expectedSeq"]!;
    }

    private static async Task<List<JsonElement>> ReadAllAsync(SyncClient client, string path, string member, Func<JsonElement, string?> next)
    {
        var all = new List<JsonElement>();
        for (string? query = "limit=1000"; query is not null;)
        {
            var page = JsonDocument.Parse(await client.Http.GetStringAsync(new Uri($"{path}?{query}", UriKind.Relative), Cancel)).RootElement;
            all.AddRange(page.GetProperty(member).EnumerateArray());
            query = next(page);
        }

        return all;
    }

    private static long Rev(JsonElement entry) => entry.GetProperty("rev").GetInt64();

    private static string Id(JsonElement entry) => $"{entry.GetProperty("store")} {entry.GetProperty("key").GetRawText()}";

    private static string Brief(JsonElement entry) => $"{Id(entry)} {Rev(entry)} {entry.GetProperty("value").GetRawText()}";

    private static IEnumerable<string?> Results(string answer) => JsonNode.Parse(answer)!["results"]?.AsArray().Select(result => (string?)result!["outcome"]) ?? [];
}
