using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Cursor = MyriadSync.Contracts.Cursor;

namespace MyriadSync.IntegrationTests.Http;

[Collection<HttpApi>]
public sealed class PositionTests(StackFixture fixture)
{
    private const string NoEpoch = "00000000000000000000000000000000";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("changes?limit=", "/query/limit", "out-of-range")]
    [InlineData("changes?limit=0", "/query/limit", "out-of-range")]
    [InlineData("changes?limit=-1", "/query/limit", "out-of-range")]
    [InlineData("changes?limit=1001", "/query/limit", "out-of-range")]
    [InlineData("changes?limit=1.5", "/query/limit", "out-of-range")]
    [InlineData("changes?limit=1e2", "/query/limit", "out-of-range")]
    [InlineData("changes?limit=%2B1", "/query/limit", "out-of-range")]
    [InlineData("changes?limit=ten", "/query/limit", "out-of-range")]
    [InlineData("changes?limit=99999999999999999999", "/query/limit", "out-of-range")]
    [InlineData("changes?limit=1&limit=1", "/query/limit", "given-twice")]
    [InlineData("changes?wait=-1", "/query/wait", "out-of-range")]
    [InlineData("changes?wait=31", "/query/wait", "out-of-range")]
    [InlineData("changes?wait=0.5", "/query/wait", "out-of-range")]
    [InlineData("changes?wait=forever", "/query/wait", "out-of-range")]
    [InlineData("changes?schemaVersion=0", "/query/schemaVersion", "out-of-range")]
    [InlineData("changes?schemaVersion=one", "/query/schemaVersion", "out-of-range")]
    [InlineData("changes?since=", "/query/since", "not-a-cursor")]
    [InlineData("changes?since=0", "/query/since", "not-a-cursor")]
    [InlineData("changes?since=!!!!", "/query/since", "not-a-cursor")]
    [InlineData("changes?since=bm9uc2Vuc2U", "/query/since", "not-a-cursor")]
    [InlineData("changes?since=%00", "/query/since", "not-a-cursor")]
    [InlineData("snapshot?limit=0", "/query/limit", "out-of-range")]
    [InlineData("snapshot?limit=1001", "/query/limit", "out-of-range")]
    [InlineData("snapshot?page=", "/query/page", "not-a-page")]
    [InlineData("snapshot?page=!!!!", "/query/page", "not-a-page")]
    [InlineData("snapshot?page=bm9uc2Vuc2U", "/query/page", "not-a-page")]
    public async Task Get_ParameterOutOfRange_IsRefused(string path, string pointer, string reason)
    {
        using var client = new SyncClient(fixture.Stack, SyncClient.Unique("positions"));

        using var answer = await client.Http.GetAsync(new Uri(path, UriKind.Relative), Cancel);

        (await ProblemAnswer.ReadAsync(answer)).Is(400, "invalid-parameter").Names(pointer, reason);
    }

    [Theory]
    [InlineData("2|{0}|1")]
    [InlineData("1|{0}|-1")]
    [InlineData("1|{0}|1.0")]
    [InlineData("1|{0}|01")]
    [InlineData("1|{0}|99999999999999999999")]
    [InlineData("1|{0}|1|1")]
    [InlineData("1|{0}|")]
    [InlineData("1|' or '1' eq '1|1")]
    [InlineData("1||1")]
    public async Task Changes_CursorThatIsAlmostOne_IsRefused(string format)
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var text = string.Format(null, format, await EpochAsync(dataset.Client));
        var since = Base64Url.EncodeToString(Encoding.ASCII.GetBytes(text));

        using var answer = await dataset.Client.Http.GetAsync(new Uri($"changes?since={since}", UriKind.Relative), Cancel);

        (await ProblemAnswer.ReadAsync(answer)).Is(400, "invalid-parameter").Names("/query/since", "not-a-cursor");
    }

    [Fact]
    public async Task Changes_CursorCutOffOrChanged_IsRefused()
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        await dataset.Client.PullAsync();
        var cursor = dataset.Client.Cursor!;

        foreach (var broken in (string[])[cursor[..^1], cursor[..^4], cursor + "A", cursor + "=", cursor.ToUpperInvariant(), cursor + cursor, new string('A', 4000)])
        {
            using var answer = await dataset.Client.Http.GetAsync(new Uri($"changes?since={broken}", UriKind.Relative), Cancel);
            (await ProblemAnswer.ReadAsync(answer)).Is(400, "invalid-parameter").Names("/query/since", "not-a-cursor");
        }
    }

    [Fact]
    public async Task Changes_CursorOfAnotherEpoch_IsGone()
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        using var other = await SettledDataset.CreateAsync(fixture.Stack);
        await other.Client.PullAsync();

        await AssertGoneAsync(dataset.Client, other.Client.Cursor!, "epoch");
    }

    [Fact]
    public async Task Changes_CursorOfADatasetThatWasNeverWrittenTo_IsGone()
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        using var empty = new SyncClient(fixture.Stack, SyncClient.Unique("positions"));
        await dataset.Client.PullAsync();

        await AssertGoneAsync(empty, dataset.Client.Cursor!, "epoch");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(long.MaxValue)]
    public async Task Changes_CursorAheadOfTheHead_IsGone(long seq)
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);

        await AssertGoneAsync(dataset.Client, new Cursor(await EpochAsync(dataset.Client), seq).ToString(), "ahead");
    }

    [Fact]
    public async Task Changes_CursorBelowRetention_IsGoneAndTheSnapshotLeadsOn()
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var client = dataset.Client;
        await client.PullAsync();
        var old = client.Cursor!;
        client.NextSeq = 2;
        await client.PushAsync(Change.Put("notes", 2, "second"), Change.Put("notes", 3, "third"));
        await RetainFromAsync(client.Dataset, oldestSeq: 2);
        var kept = new Cursor(await EpochAsync(client), 2).ToString();

        await AssertGoneAsync(client, old, "retention");
        await AssertGoneAsync(client, new Cursor(NoEpoch, 0).ToString(), "retention");
        await AssertGoneAsync(client, null, "retention");
        client.Cursor = kept;
        var rest = await client.PullAsync();
        var snapshot = await client.SnapshotAsync();
        var after = await client.PullAsync();

        Assert.Equal([3L], rest.Select(change => (long)change["rev"]!));
        Assert.Equal(3, snapshot.Count);
        Assert.Empty(after);
    }

    [Fact]
    public async Task Snapshot_PageOfAnotherEpochOrOfOtherStores_IsRefused()
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var client = dataset.Client;
        client.NextSeq = 2;
        await client.PushAsync(Change.Put("notes", 2, "second"));
        var page = (string)(await client.GetAsync("snapshot?limit=1"))["nextPage"]!;
        var ofAnotherEpoch = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(Base64Url.DecodeFromChars(page)).Replace(await EpochAsync(client), new string('a', 32), StringComparison.Ordinal)));

        using var stores = await client.Http.GetAsync(new Uri($"snapshot?stores=notes&page={page}", UriKind.Relative), Cancel);
        using var epoch = await client.Http.GetAsync(new Uri($"snapshot?page={ofAnotherEpoch}", UriKind.Relative), Cancel);

        (await ProblemAnswer.ReadAsync(stores)).Is(400, "invalid-parameter").Names("/query/page", "not-a-page");
        Assert.Equal("epoch", (string?)(await ProblemAnswer.ReadAsync(epoch)).Is(410, "cursor-gone").Body["reason"]);
    }

    private static async Task<string> EpochAsync(SyncClient client) => (string)(await client.GetAsync(""))["epoch"]!;

    private static async Task AssertGoneAsync(SyncClient client, string? since, string reason)
    {
        using var answer = await client.Http.GetAsync(new Uri("changes?wait=30" + (since is null ? "" : $"&since={since}"), UriKind.Relative), Cancel);

        var problem = (await ProblemAnswer.ReadAsync(answer)).Is(410, "cursor-gone");
        Assert.Equal(reason, (string?)problem.Body["reason"]);
        Assert.Equal($"/api/v1/datasets/{client.Dataset}/snapshot", (string?)problem.Body["snapshot"]);
        using var snapshot = await client.Http.GetAsync(new Uri((string)problem.Body["snapshot"]!, UriKind.Relative), Cancel);
        Assert.IsType<JsonArray>(JsonNode.Parse(await snapshot.Content.ReadAsStringAsync(Cancel))!["records"]);
    }

    /// <summary>What the retention timer does first.</summary>
    private async Task RetainFromAsync(string dataset, long oldestSeq)
    {
        var log = new TableServiceClient(fixture.Stack.Storage).GetTableClient("changelog");
        TableEntity head = await log.GetEntityAsync<TableEntity>(dataset, "head", cancellationToken: Cancel);
        head["OldestSeq"] = oldestSeq;
        await log.UpdateEntityAsync(head, head.ETag, TableUpdateMode.Replace, Cancel);
    }
}
