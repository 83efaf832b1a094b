using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>An atomic batch fails on its last change; another is larger than one transaction.</summary>
public sealed class Row33AtomicBatchTests(StackFixture fixture) : IClassFixture<StackFixture>
{
    private const int LargeRecords = 14;
    private const int LargeBytes = 240_000;

    [Fact]
    public async Task Push_LastChangeOfAnAtomicBatchFails_StoresNothingAndGoesOn()
    {
        const string dataset = "row33";
        using var client = new DatasetClient(fixture.Stack, dataset);
        using var other = new DatasetClient(fixture.Stack, dataset, "other");
        await other.PushAsync(other.Put("todos", "k", """{"title":"t"}"""));
        var batch = client.Batch(
            [
                client.Put("todos", "new", "{}"),
                client.Patch("todos", "k", """{"set":{"/done":true}}""", on: 1),
                client.Delete("todos", "new"),
                client.Patch("todos", "k", """{"inc":{"/title":1}}""", on: 1),
            ],
            atomic: true);

        var failed = await client.SendAsync(batch);
        var head = (await client.DatasetAsync()).Number("head");
        var again = await client.SendAsync(batch);
        var next = await client.PushAsync(client.Patch("todos", "k", """{"set":{"/done":1}}""", on: 1));

        Assert.Equal(["rejected 0 atomic-failed", "rejected 1 atomic-failed", "rejected 0 atomic-failed", "rejected 1 not-a-number"], failed.Outcomes);
        Assert.Equal("{\"title\":\"t\"}", failed.Results[1].GetProperty("value").GetRawText());
        Assert.Equal("/changes/3/inc/~1title", failed.Results[3].GetProperty("pointer").GetString());
        Assert.Equal(1, head);
        Assert.Equal(failed.Outcomes, again.Outcomes);
        Assert.Equal(["applied 2"], next.Outcomes);
        Assert.Equal(404, (await client.RecordAsync("todos", "new")).Status);
        Assert.Equal("", ClusterRows.Fields(fixture.Stack, dataset, "todos", "new"));
    }

    [Fact]
    public async Task Push_AtomicBatchAboveOneTransaction_IsRejectedAsAWholeAndGoesOn()
    {
        using var client = new DatasetClient(fixture.Stack, "row33-large");
        for (var i = 1; i <= LargeRecords; i++)
            Assert.Equal([$"applied {i}"], (await client.PushAsync(client.Put("files", i, Large(i)))).Outcomes);
        List<JsonObject> Patches(int count) => [.. Enumerable.Range(1, count).Select(i => client.Patch("files", i, """{"set":{"/seen":true}}""", on: i))];

        var tooLarge = await client.SendAsync(client.Batch(Patches(LargeRecords), atomic: true));
        var head = (await client.DatasetAsync()).Number("head");
        var fits = await client.SendAsync(client.Batch(Patches(LargeRecords - 2), atomic: true));
        var inParts = await client.SendAsync(client.Batch(Patches(LargeRecords)));

        Assert.Equal(Enumerable.Range(1, LargeRecords).Select(i => $"rejected {i} atomic-too-large"), tooLarge.Outcomes);
        Assert.Equal(LargeRecords, head);
        Assert.Equal(Enumerable.Range(1, LargeRecords - 2).Select(i => $"applied {LargeRecords + i}"), fits.Outcomes);
        Assert.Equal(200, inParts.Status);
        Assert.All(inParts.Results, result => Assert.True(result.GetProperty("outcome").GetString() is "applied" or "merged"));
        Assert.Equal((LargeRecords * 2, LargeRecords * 2), ((int)(await client.DatasetAsync()).Number("head"), (int)(await client.DatasetAsync()).Number("applied")));
    }

    /// <summary>A value that compresses as badly as text can.</summary>
    private static string Large(int seed)
    {
        var bytes = new byte[LargeBytes * 3 / 4];
        new Random(seed).NextBytes(bytes);
        return $$"""{"content":"{{Convert.ToBase64String(bytes)}}"}""";
    }
}
