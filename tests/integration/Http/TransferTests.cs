using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MyriadSync.DevStack.Tokens;

namespace MyriadSync.IntegrationTests.Http;

/// <summary>How requests and answers travel: compressed, later, across origins.</summary>
[Collection<HttpApi>]
public sealed class TransferTests(StackFixture fixture)
{
    private const string Origin = "http://localhost:5173";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    [InlineData("x-gzip")]
    public async Task Push_Gzip_IsTaken(string encoding)
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(dataset.SoundBatch().ToJsonString()), Cancel);

        using var answer = await dataset.PostAsync(packed.ToArray(), contentEncoding: encoding);

        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
        Assert.Equal("applied", (string?)body["results"]![0]!["outcome"]);
        Assert.Equal(["more"], (await dataset.Client.PullAsync()).Skip(1).Select(change => (string?)change["value"]));
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("br, gzip;q=0.5", true)]
    [InlineData("*", true)]
    [InlineData("gzip;q=0, br", false)]
    [InlineData(null, false)]
    public async Task Changes_LargeAnswer_ComesCompressedToWhoTakesIt(string? accepted, bool compressed)
    {
        using var client = new SyncClient(fixture.Stack, SyncClient.Unique("transfer"));
        await client.PushAsync([.. Enumerable.Range(0, 200).Select(i => Change.Put("notes", i, $"number {i}"))]);
        using var http = Plain(client);
        if (accepted is not null)
            http.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", accepted);

        using var answer = await http.GetAsync(new Uri("changes", UriKind.Relative), Cancel);

        Assert.Equal(compressed ? ["gzip"] : [], answer.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancel);
        await using var plain = compressed ? new GZipStream(body, CompressionMode.Decompress) : body;
        var page = (await JsonNode.ParseAsync(plain, cancellationToken: Cancel))!;
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"number {i}"), page["changes"]!.AsArray().Select(change => (string?)change!["value"]));
    }

    [Fact]
    public async Task Changes_SmallAnswer_ComesPlain()
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        using var http = Plain(dataset.Client);
        http.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");

        using var answer = await http.GetAsync(new Uri("changes", UriKind.Relative), Cancel);

        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Single(JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["changes"]!.AsArray());
    }

    [Fact]
    public async Task Preflight_FromALocalPage_AllowsWhatAClientSends()
    {
        using var http = new HttpClient { BaseAddress = fixture.Stack.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Options, "api/v1/datasets/notes/batches");
        request.Headers.Add("Origin", Origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-encoding,content-type,prefer");

        using var answer = await http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal([Origin], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Contains("POST", string.Join(',', answer.Headers.GetValues("Access-Control-Allow-Methods")), StringComparison.Ordinal);
        var headers = string.Join(',', answer.Headers.GetValues("Access-Control-Allow-Headers"));
        Assert.All(["authorization", "content-encoding", "content-type", "prefer"], name => Assert.Contains(name, headers, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("read", "changes", 200)]
    [InlineData("read", "records/notes/1", 404)]
    [InlineData("read", "changes?limit=0", 400)]
    [InlineData("write", "changes", 403)]
    [InlineData("none", "changes", 401)]
    public async Task Get_FromALocalPage_LetsItReadAnswerAndHeaders(string role, string path, int status)
    {
        using var client = new SyncClient(fixture.Stack, SyncClient.Unique("transfer"), token: new DevTokenRequest { Roles = [role] });
        using var http = Plain(client);
        if (role == "none")
            http.DefaultRequestHeaders.Authorization = null;
        http.DefaultRequestHeaders.Add("Origin", Origin);

        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Cancel);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal([Origin], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        var exposed = string.Join(',', answer.Headers.GetValues("Access-Control-Expose-Headers")).Split(',', StringSplitOptions.TrimEntries);
        Assert.Equal(["ETag", "Location", "Preference-Applied", "Retry-After"], exposed.Order(StringComparer.Ordinal));
    }

    private static HttpClient Plain(SyncClient client)
    {
        var http = new HttpClient { BaseAddress = client.Http.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", client.Http.DefaultRequestHeaders.Authorization!.Parameter);
        return http;
    }
}
