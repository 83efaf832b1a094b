using System.Text.Json;
using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>A page of changes ends inside an atomic commit.</summary>
public sealed class Row36AtomicPageTests(StackFixture fixture) : IClassFixture<StackFixture>
{
    private const int LargeRecords = 10;
    private const int LargeBytes = 240_000;

    [Theory]
    [InlineData("", false)]
    [InlineData("", true)]
    [InlineData("&stores=a", false)]
    [InlineData("&stores=b", true)]
    public async Task Pull_SmallPages_NeverCutAnAtomicCommit(string filter, bool restarted)
    {
        var dataset = $"row36-{filter.Length}{restarted}{filter.LastOrDefault('0')}";
        using var client = new DatasetClient(fixture.Stack, dataset);
        var groups = new List<HashSet<long>>();
        long rev = 0;
        foreach (var (size, atomic) in new[] { (1, false), (5, true), (2, false), (3, true), (4, true), (1, true), (3, false) })
        {
            var changes = Enumerable.Range(0, size).Select(i => client.Put(i % 2 == 0 ? "a" : "b", $"k{rev + i}", "{}")).ToList();
            var push = await client.SendAsync(client.Batch(changes, atomic));
            Assert.Equal("applied", push.BatchStatus);
            if (atomic)
                groups.Add([.. Enumerable.Range(1, size).Select(i => rev + i)]);
            rev += size;
        }

        if (restarted)
        {
            await fixture.Stack.StopAppAsync();
            await fixture.Stack.StartAppAsync(TestContext.Current.CancellationToken);
        }

        var all = Revs((await client.PullAllAsync(more: filter)));
        for (var limit = 1; limit <= 6; limit++)
        {
            var pages = await PagesAsync(client, null, $"&limit={limit}{filter}");

            Assert.Equal(all, pages.SelectMany(page => page));
            Assert.All(groups, group => Assert.InRange(pages.Count(page => page.Any(group.Contains)), 0, 1));
            Assert.All(pages.Take(pages.Count - 1), page => Assert.True(page.Count >= limit, "A page is full when more exists."));
        }
    }

    [Fact]
    public async Task Pull_AtomicCommitOfSeveralSegments_ComesWhole()
    {
        using var client = new DatasetClient(fixture.Stack, "row36-large");
        for (var i = 1; i <= LargeRecords; i++)
            await client.PushAsync(client.Put("files", i, Large(i)));
        await client.PushAsync(client.Put("files", "before", "{}"));
        List<JsonObject> patches = [.. Enumerable.Range(1, LargeRecords).Select(i => client.Patch("files", i, """{"set":{"/seen":true}}""", on: i))];
        var push = await client.SendAsync(client.Batch(patches, atomic: true));
        await client.PushAsync(client.Put("files", "after", "{}"));

        var pages = await PagesAsync(client, null, "&limit=1");

        Assert.Equal("applied", push.BatchStatus);
        Assert.Equal(Enumerable.Range(LargeRecords + 2, LargeRecords).Select(rev => (long)rev), Assert.Single(pages, page => page.Count > 1));
        Assert.Equal(LargeRecords + 3, pages.Count);
    }

    private static async Task<List<List<long>>> PagesAsync(DatasetClient client, string? since, string query)
    {
        var pages = new List<List<long>>();
        while (true)
        {
            var page = await client.PullAsync(since, query);
            Assert.Equal(200, page.Status);
            pages.Add(Revs(page.Json.GetProperty("changes").EnumerateArray()));
            since = page.Text("cursor");
            if (!page.Json.GetProperty("more").GetBoolean())
                return pages;
        }
    }

    private static List<long> Revs(IEnumerable<JsonElement> changes) => [.. changes.Select(change => change.GetProperty("rev").GetInt64())];

    private static string Large(int seed)
    {
        var bytes = new byte[LargeBytes * 3 / 4];
        new Random(seed).NextBytes(bytes);
        return $$"""{"content":"{{Convert.ToBase64String(bytes)}}"}""";
    }
}
