using System.Text.Json.Nodes;
using static MyriadSync.IntegrationTests.RxDb.RxWire;

namespace MyriadSync.IntegrationTests.RxDb;

public sealed class RxStreamTests(StackFixture fixture) : IClassFixture<StackFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Stream_Commits_AreEventsWithDocuments()
    {
        var dataset = SyncClient.Unique("rx");
        using var wire = new RxWire(fixture.Stack, dataset);
        await wire.PushAsync(Row(null, Doc("a", "milk")));
        using var stream = await wire.OpenAsync(HttpMethod.Get, "pullStream");
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        var (before, _) = await NextAsync(reader);
        await wire.PushAsync(Row(Doc("a", "milk"), Doc("a", "oats")));
        var (after, _) = await NextAsync(reader);

        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.MediaType);
        Assert.Equal("milk", (string?)Assert.Single(before["documents"]!.AsArray())!["title"]);
        Assert.Equal("oats", (string?)Assert.Single(after["documents"]!.AsArray())!["title"]);
        Assert.Equal(2, (long)after["checkpoint"]!["lwt"]!);
    }

    [Fact]
    public async Task Stream_OpenedAgainWithItsLastId_LeavesNothingOutAndRepeatsNothing()
    {
        var dataset = SyncClient.Unique("rx");
        using var wire = new RxWire(fixture.Stack, dataset);
        await wire.PushAsync(Row(null, Doc("a", "milk")));
        string last;
        using (var stream = await wire.OpenAsync(HttpMethod.Get, "pullStream"))
        {
            using var first = new StreamReader(await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            (_, last) = await NextAsync(first);
        }

        await wire.PushAsync(Row(null, Doc("b", "bread")));
        using var again = await wire.OpenAsync(HttpMethod.Get, "pullStream", lastEventId: last);
        using var reader = new StreamReader(await again.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var (missed, _) = await NextAsync(reader);

        Assert.Equal("b", (string?)Assert.Single(missed["documents"]!.AsArray())!["id"]);
    }

    /// <summary>The next event with data, and its id.</summary>
    private static async Task<(JsonNode Data, string Id)> NextAsync(StreamReader reader)
    {
        JsonNode? data = null;
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TimeProvider.System) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                data = JsonNode.Parse(line["data: ".Length..]);
            else if (data is not null && line.StartsWith("id: ", StringComparison.Ordinal))
                return (data, line["id: ".Length..]);
        }

        throw new InvalidOperationException("The stream has ended.");
    }
}
