using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MyriadSync.DevStack.Tokens;

namespace MyriadSync.IntegrationTests.Http;

[Collection<HttpApi>]
public sealed class TokenTests(StackFixture fixture)
{
    private static readonly (string Method, string Path)[] Everything =
        [("POST", "batches"), ("GET", "batches/c1/b1"), ("GET", "changes"), ("GET", "snapshot"), ("GET", ""), ("GET", "records/notes/1")];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Faults => ["none", "empty", "basic", "junk", "junk-of-three-parts", "expired", "foreign-key", "forged-claims", "unsigned", "oversized", "in-the-query"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task AnyRequest_TokenThatDoesNotHold_IsUnauthorized(string fault)
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var (header, query) = Broken(fault);

        foreach (var (method, path) in Everything)
        {
            using var answer = await SendAsync(dataset, method, path + query, header, dataset.SoundBatch());

            (await ProblemAnswer.ReadAsync(answer)).Is(401, "unauthorized");
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        }

        await dataset.AssertGoesOnAsync();
    }

    [Theory]
    [InlineData("read", "GET changes,GET snapshot,GET ,GET records/notes/1")]
    [InlineData("write", "POST batches,GET batches/c1/b1")]
    [InlineData("operate", "")]
    public async Task AnyRequest_RoleIsMissing_IsForbidden(string role, string allowed)
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var header = $"Bearer {fixture.Stack.Tokens.Create(new DevTokenRequest { Roles = [role] })}";

        foreach (var (method, path) in Everything.Where(request => !allowed.Split(',').Contains($"{request.Method} {request.Path}")))
        {
            using var answer = await SendAsync(dataset, method, path, header, dataset.SoundBatch());

            (await ProblemAnswer.ReadAsync(answer)).Is(403, "forbidden");
        }

        await dataset.AssertGoesOnAsync();
    }

    [Theory]
    [InlineData("of-somebody-else")]
    [InlineData("bad-input")]
    [InlineData("Bad-input-*")]
    [InlineData("")]
    public async Task AnyRequest_DatasetOfOthers_IsForbidden(string mine)
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var header = $"Bearer {fixture.Stack.Tokens.Create(new DevTokenRequest { Datasets = [mine] })}";

        foreach (var (method, path) in Everything)
        {
            using var answer = await SendAsync(dataset, method, path, header, dataset.SoundBatch());

            (await ProblemAnswer.ReadAsync(answer)).Is(403, "forbidden");
        }

        await dataset.AssertGoesOnAsync();
    }

    [Fact]
    public async Task Push_ClientIdOfAnotherUser_IsForbiddenAndSoIsItsBatch()
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var own = dataset.SoundBatch();
        var header = $"Bearer {fixture.Stack.Tokens.Create(new DevTokenRequest { Sub = "eve" })}";

        using var push = await SendAsync(dataset, "POST", "batches", header, own);
        using var look = await SendAsync(dataset, "GET", $"batches/{dataset.Client.ClientId}/{own["batchId"]}", header, own);

        (await ProblemAnswer.ReadAsync(push)).Is(403, "client-of-another");
        (await ProblemAnswer.ReadAsync(look)).Is(403, "client-of-another");
        await dataset.AssertGoesOnAsync();
    }

    private static async Task<HttpResponseMessage> SendAsync(SettledDataset dataset, string method, string path, string? header, JsonObject batch)
    {
        using var http = new HttpClient { BaseAddress = dataset.Client.Http.BaseAddress };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (header is not null)
            request.Headers.TryAddWithoutValidation("Authorization", header);
        if (method == "POST")
            request.Content = new StringContent(batch.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return await http.SendAsync(request, Cancel);
    }

    private (string? Header, string Query) Broken(string fault)
    {
        var sound = fixture.Stack.Tokens.Create(new DevTokenRequest());
        var parts = sound.Split('.');
        return fault switch
        {
            "none" => (null, ""),
            "empty" => ("Bearer ", ""),
            "basic" => ("Basic ZGV2OmRldg==", ""),
            "junk" => ("Bearer junk", ""),
            "junk-of-three-parts" => ("Bearer a.b.c", ""),
            "expired" => ($"Bearer {fixture.Stack.Tokens.Create(new DevTokenRequest { ExpiresIn = -3600 })}", ""),
            "foreign-key" => ($"Bearer {Foreign()}", ""),
            "forged-claims" => ($"Bearer {parts[0]}.{fixture.Stack.Tokens.Create(new DevTokenRequest { Sub = "root" }).Split('.')[1]}.{parts[2]}", ""),
            "unsigned" => ($"Bearer {Base64Url("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.", ""),
            "oversized" => ($"Bearer {fixture.Stack.Tokens.Create(new DevTokenRequest { Sub = new string('x', 10_000) })}", ""),
            "in-the-query" => (null, $"?access_token={sound}"),
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
    }

    private static string Foreign()
    {
        using var others = DevTokens.Open(null, TimeProvider.System);
        return others.Create(new DevTokenRequest());
    }

    private static string Base64Url(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
