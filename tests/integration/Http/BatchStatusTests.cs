using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.Http;

[Collection<HttpApi>]
public sealed class BatchStatusTests(StackFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("respond-async", "respond-async")]
    [InlineData("wait=0", "wait=0")]
    [InlineData("respond-async, wait=0", "respond-async, wait=0")]
    public async Task Push_RespondAsync_IsAcceptedAndItsLocationTellsTheOutcomes(string prefer, string applied)
    {
        using var client = new SyncClient(fixture.Stack, SyncClient.Unique("status"));
        using var gate = fixture.Stack.Emulator!.Faults.Gate(null, $"{client.Dataset}~");

        using var accepted = await PostAsync(client, client.Batch(Change.Put("notes", 1, "first"), Change.Delete("notes", 2)), prefer);
        using var under = await client.Http.GetAsync(accepted.Headers.Location, Cancel);
        gate.Dispose();
        using var request = new HttpRequestMessage(HttpMethod.Get, accepted.Headers.Location) { Headers = { { "Prefer", "wait=30" } } };
        using var settled = await client.Http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Equal([applied], accepted.Headers.GetValues("Preference-Applied"));
        Assert.InRange(accepted.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        var body = await BodyAsync(accepted);
        Assert.Equal(("accepted", 0), ((string?)body["status"], body["results"]!.AsArray().Count));
        Assert.Equal(HttpStatusCode.Accepted, under.StatusCode);
        Assert.Equal(accepted.Headers.Location, under.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, settled.StatusCode);
        Assert.Equal(["wait=30"], settled.Headers.GetValues("Preference-Applied"));
        var outcomes = await BodyAsync(settled);
        Assert.Equal(body["batchId"]!.ToString(), outcomes["batchId"]!.ToString());
        Assert.Equal("applied", (string?)outcomes["status"]);
        Assert.Equal([1L, 2L], outcomes["results"]!.AsArray().Select(result => (long)result!["seq"]!));
        Assert.Equal("applied", (string?)outcomes["results"]![0]!["outcome"]);
    }

    [Fact]
    public async Task Push_NothingPreferred_IsAnsweredWhenItIsApplied()
    {
        using var client = new SyncClient(fixture.Stack, SyncClient.Unique("status"));

        using var answer = await PostAsync(client, client.Batch(Change.Put("notes", 1, "first")), null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Preference-Applied"));
        Assert.Equal("applied", (string?)(await BodyAsync(answer))["status"]);
    }

    [Theory]
    [InlineData("wait=31", "wait=30")]
    [InlineData("wait=99999999999999999999", "wait=30")]
    [InlineData("wait=-1", null)]
    [InlineData("wait=soon", null)]
    [InlineData("handling=lenient", null)]
    [InlineData("\"", null)]
    public async Task Push_PreferenceOutOfRange_IsBoundedOrIgnored(string prefer, string? applied)
    {
        using var client = new SyncClient(fixture.Stack, SyncClient.Unique("status"));

        using var answer = await PostAsync(client, client.Batch(Change.Put("notes", 1, "first")), prefer);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(applied is null ? [] : [applied], answer.Headers.TryGetValues("Preference-Applied", out var values) ? values : []);
    }

    [Fact]
    public async Task Status_OfASettledBatch_TellsWhatThePushWasTold()
    {
        using var client = new SyncClient(fixture.Stack, SyncClient.Unique("status"));
        var batch = client.Batch(Change.Put("notes", 1, "first"), Change.Put("no~tes", 2, "second"));

        var pushed = await client.SendAsync(batch);
        var status = await client.StatusAsync((string)batch["batchId"]!);

        Assert.Equal(["applied", "rejected"], status.Outcomes);
        Assert.Equal(pushed.Results.ToJsonString(), status.Results.ToJsonString());
    }

    [Fact]
    public async Task Status_OfAnUnknownBatch_IsNotFound()
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);

        using var ofAKnownClient = await dataset.Client.Http.GetAsync(new Uri($"batches/{dataset.Client.ClientId}/never-sent", UriKind.Relative), Cancel);
        using var ofNobody = await dataset.Client.Http.GetAsync(new Uri("batches/nobody/never-sent", UriKind.Relative), Cancel);

        (await ProblemAnswer.ReadAsync(ofAKnownClient)).Is(404, "not-found");
        (await ProblemAnswer.ReadAsync(ofNobody)).Is(404, "not-found");
        await dataset.AssertGoesOnAsync();
    }

    private static async Task<HttpResponseMessage> PostAsync(SyncClient client, JsonObject batch, string? prefer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "batches") { Content = new StringContent(batch.ToJsonString(), Encoding.UTF8, "application/json") };
        if (prefer is not null)
            request.Headers.TryAddWithoutValidation("Prefer", prefer);
        return await client.Http.SendAsync(request, Cancel);
    }

    private static async Task<JsonNode> BodyAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
}
