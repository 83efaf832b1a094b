using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.Http;

[Collection<HttpApi>]
public sealed class RecordTests(StackFixture fixture) : IDisposable
{
    private readonly SyncClient _client = new(fixture.Stack, SyncClient.Unique("record"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Record_Put_TellsValueAndWhoseItIs()
    {
        var batch = _client.Batch(Change.Put("notes", "a1", new JsonObject { ["title"] = "milk" }));
        await _client.SendAsync(batch);

        using var answer = await GetAsync("records/notes/%22a1%22");

        var record = await BodyAsync(answer);
        Assert.Equal("\"1\"", answer.Headers.ETag?.Tag);
        Assert.Equal("""{"title":"milk"}""", record["value"]!.ToJsonString());
        Assert.Equal(("notes", "a1", 1L), ((string?)record["store"], (string?)record["key"], (long)record["rev"]!));
        Assert.Equal(((string?)batch["changes"]![0]!["at"], _client.ClientId, "dev"), ((string?)record["at"], (string?)record["by"], (string?)record["sub"]));
        Assert.False((bool)record["pending"]!);
        Assert.Null(record["deleted"]);
    }

    [Theory]
    [InlineData("7", "7")]
    [InlineData("7", "Dc01c000000000000")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("\"a1\"", "Sa1")]
    [InlineData("\"50% of a/b\"", "S50.25.20of.20a.2fb")]
    [InlineData("[\"b\",2]", "%5B%22b%22,2%5D")]
    [InlineData("[\"b\",2]", "%5B%22b%22%2C%202%5D")]
    [InlineData("{\"$date\":0}", "%7B%22$date%22:0%7D")]
    [InlineData("{\"$binary\":\"AQI=\"}", "X0102")]
    [InlineData("\"\u00e9\"", "%22%C3%A9%22")]
    public async Task Record_AnyKey_IsFoundByItsJsonOrItsRowKey(string key, string path)
    {
        await _client.PushAsync(Change.Put("notes", JsonNode.Parse(key)!, "there"));

        using var answer = await GetAsync($"records/notes/{path}");

        var record = await BodyAsync(answer);
        Assert.Equal("there", (string?)record["value"]);
        Assert.Equal(JsonNode.Parse(key)!.ToJsonString(), record["key"]!.ToJsonString());
    }

    [Fact]
    public async Task Record_Deleted_IsThereAsATombstone()
    {
        await _client.PushAsync(Change.Put("notes", 1, "first"));
        await _client.PushAsync(Change.Delete("notes", 1, @base: 1));

        using var answer = await GetAsync("records/notes/1");

        var record = await BodyAsync(answer);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("\"2\"", answer.Headers.ETag?.Tag);
        Assert.True((bool)record["deleted"]!);
        Assert.Equal((2L, _client.ClientId), ((long)record["rev"]!, (string?)record["by"]));
        Assert.False(record.AsObject().ContainsKey("value"));
    }

    [Fact]
    public async Task Record_ThatNeverWas_IsNotFound()
    {
        await _client.PushAsync(Change.Put("notes", 1, "first"));

        using var otherKey = await GetAsync("records/notes/2");
        using var otherStore = await GetAsync("records/tasks/1");

        (await ProblemAnswer.ReadAsync(otherKey)).Is(404, "not-found");
        (await ProblemAnswer.ReadAsync(otherStore)).Is(404, "not-found");
    }

    [Theory]
    [InlineData("\"1\"", 304)]
    [InlineData("W/\"1\"", 304)]
    [InlineData("\"0\", \"1\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"0\"", 200)]
    [InlineData("1", 200)]
    [InlineData("\"1", 200)]
    public async Task Record_IfNoneMatch_IsNotSentAgainUntilItChanges(string known, int status)
    {
        await _client.PushAsync(Change.Put("notes", 1, new string('x', 2000)));

        using var same = await GetAsync("records/notes/1", known);
        await _client.PushAsync(Change.Put("notes", 1, "second", @base: 1));
        using var changed = await GetAsync("records/notes/1", "\"1\"");

        Assert.Equal(status, (int)same.StatusCode);
        Assert.Equal("\"1\"", same.Headers.ETag!.Tag);
        Assert.Equal(status == 304, (await same.Content.ReadAsByteArrayAsync(Cancel)).Length == 0);
        Assert.Equal((HttpStatusCode.OK, "\"2\""), (changed.StatusCode, changed.Headers.ETag?.Tag));
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (ifNoneMatch is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        return await _client.Http.SendAsync(request, Cancel);
    }

    private static async Task<JsonNode> BodyAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
}
