using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace MyriadSync.IntegrationTests.DevStack;

public sealed class LocalStackTests(StackFixture fixture) : IClassFixture<StackFixture>, IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = fixture.Stack.BaseAddress };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task DevToken_NothingAsked_HoldsForADayAndOpensEverything()
    {
        using var answer = await _http.PostAsJsonAsync("dev/token", new { }, Cancel);

        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("token").GetString()!;
        var claims = Claims(token);
        Assert.Equal("""["read","write","operate"]""", claims.GetProperty("roles").GetRawText());
        Assert.Equal("""["*"]""", claims.GetProperty("datasets").GetRawText());
        Assert.Equal(24 * 60 * 60, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"roles":["root"]}""")]
    [InlineData("""{"expiresIn":"long"}""")]
    public async Task DevToken_Nonsense_IsBadRequest(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await _http.PostAsync(new Uri("dev/token", UriKind.Relative), content, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("http://localhost:5173", true)]
    [InlineData("http://127.0.0.1:80", true)]
    [InlineData("http://localhost.example:5173", false)]
    [InlineData("https://example.com", false)]
    [InlineData("null", false)]
    public async Task Cors_Origin_OnlyPagesOfThisMachine(string origin, bool allowed)
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "api/v1/datasets/notes/batches");
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,prefer,content-type");

        using var answer = await _http.SendAsync(preflight, Cancel);

        Assert.Equal(allowed, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) && values.Single() == origin);
    }

    [Fact]
    public async Task Request_ForAnotherHostName_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("dev/token", UriKind.Relative)) { Content = JsonContent.Create(new { }) };
        request.Headers.Host = "rebound.example";

        using var answer = await _http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static JsonElement Claims(string token)
    {
        var part = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        return JsonDocument.Parse(Convert.FromBase64String(part.PadRight((part.Length + 3) / 4 * 4, '='))).RootElement;
    }
}
