using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using MyriadSync.DevStack;

namespace MyriadSync.IntegrationTests.Http;

/// <summary>A dataset to which one client has pushed one change. It remembers how it stands: what is refused must leave nothing behind.</summary>
internal sealed class SettledDataset : IDisposable
{
    private readonly TableClient _log;
    private string _standing = "";

    private SettledDataset(LocalStack stack)
    {
        Stack = stack;
        Client = new SyncClient(stack, SyncClient.Unique("bad-input"));
        _log = new TableServiceClient(stack.Storage).GetTableClient("changelog");
    }

    public LocalStack Stack { get; }

    /// <summary>The client, whose next seq is 2.</summary>
    public SyncClient Client { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<SettledDataset> CreateAsync(LocalStack stack)
    {
        var dataset = new SettledDataset(stack);
        var first = await dataset.Client.PushAsync(Change.Put("notes", 1, "first"));
        Assert.Equal("applied", first.BatchStatus);
        dataset._standing = await dataset.StandingAsync();
        return dataset;
    }

    /// <summary>A batch of the next change that nothing is wrong with. It does not count as sent.</summary>
    public JsonObject SoundBatch(long seq = 2)
    {
        var change = Change.Put("notes", seq, "more");
        change["seq"] = seq;
        return Client.Batch(change);
    }

    /// <summary>Posts a body as it is.</summary>
    public Task<HttpResponseMessage> PostAsync(string body, string contentType = "application/json", string? contentEncoding = null) =>
        PostAsync(Encoding.UTF8.GetBytes(body), contentType, contentEncoding);

    /// <summary>Posts a body as it is.</summary>
    public async Task<HttpResponseMessage> PostAsync(byte[] body, string? contentType = "application/json", string? contentEncoding = null)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        if (contentEncoding is not null)
            content.Headers.TryAddWithoutValidation("Content-Encoding", contentEncoding);
        return await Client.Http.PostAsync(new Uri("batches", UriKind.Relative), content, Cancel);
    }

    /// <summary>Asserts that the log, and what the client must send next, are as after the first change.</summary>
    public async Task AssertUntouchedAsync() => Assert.Equal(_standing, await StandingAsync());

    /// <summary>Asserts the same, and that the client can go on.</summary>
    public async Task AssertGoesOnAsync()
    {
        await AssertUntouchedAsync();
        var next = await Client.SendAsync(SoundBatch());
        Assert.True(next.BatchStatus == "applied", next.Body.ToJsonString());
        Assert.Equal(["applied"], next.Outcomes);
    }

    public void Dispose() => Client.Dispose();

    /// <summary>Head and expected seq as the API tells them, and every row of the log (but how far the cluster is, which moves by itself).</summary>
    private async Task<string> StandingAsync()
    {
        var head = (long)(await Client.GetAsync(""))["head"]!;
        var gap = await Client.SendAsync(SoundBatch(seq: 1000));
        Assert.Equal("sequence-gap", gap.Problem);
        var rows = new List<string>();
        await foreach (var row in _log.QueryAsync<TableEntity>(row => row.PartitionKey == Client.Dataset, select: ["RowKey"], cancellationToken: Cancel))
            rows.Add(row.RowKey);
        return $"head {head}, next seq {gap.Body["expectedSeq"]}, rows {string.Join(' ', rows.Where(row => row != "applied").Order(StringComparer.Ordinal))}";
    }
}
