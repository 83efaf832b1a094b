using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;
using MyriadSync.FunctionsRuntime;
using MyriadSync.Triggers.Http;
using MyriadSync.UnitTests.Security;

namespace MyriadSync.UnitTests.Triggers.Http;

/// <summary>The reading functions behind a real server, with the real middleware and tokens; only the log and the cluster are made up.</summary>
public sealed class HttpApiTests : IAsyncLifetime
{
    private readonly TokenFactory _tokens = new();
    private readonly FakeFeed _feed = new();
    private readonly string _stateFile = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private RecordInEffect _record = new() { Rev = 7, Value = RecordValue.FromRoot("\"milk\""u8.ToArray()) };
    private IHost _host = null!;
    private HttpClient _http = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = Builder();
        var key = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(_tokens.Key);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Auth:Issuer"] = _tokens.Options.Issuer,
            ["Auth:Audience"] = _tokens.Options.Audience,
            ["Auth:Keys"] = $$"""{"keys":[{"kty":"EC","kid":"k1","crv":"{{key.Crv}}","x":"{{key.X}}","y":"{{key.Y}}"}]}""",
        });
        builder.AddHttpApi();
        builder.Services.AddSingleton<TimeProvider>(_tokens.Time);
        builder.Services.AddSingleton<IChangeFeed>(_feed);
        builder.Services.AddSingleton(Fakes.Gate);
        builder.Services.AddSingleton(Fakes.Schemas);
        builder.Services.AddSingleton<IRecordReader>(new LatestRecord(this));
        builder.Services.AddOptions<SyncLimits>();
        _host = builder.Build();
        await _host.StartAsync(Cancel);
        _http = new HttpClient { BaseAddress = _host.GetLocalAddress() };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        _tokens.Dispose();
        foreach (var file in Directory.EnumerateFiles(Path.GetTempPath(), Path.GetFileName(_stateFile) + "*"))
            File.Delete(file);
    }

    [Theory]
    [InlineData("api/v1/datasets/todos/changes")]
    [InlineData("api/v1/datasets/todos/records/s/7")]
    public async Task Get_NoToken_Is401(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Get_ExpiredToken_Is401AndSaysSo()
    {
        var token = _tokens.Token(descriptor => descriptor.Expires = TokenFactory.Now.UtcDateTime.AddMinutes(-2));

        using var response = await GetAsync("api/v1/datasets/todos/changes", token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("invalid_token", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AnothersDataset_Is403()
    {
        using var response = await GetAsync("api/v1/datasets/somebodys/changes");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("api/v1/datasets/to~dos/changes")]
    [InlineData("api/v1/datasets/to%20dos/changes")]
    [InlineData("api/v1/datasets/todos/changes?limit=0")]
    [InlineData("api/v1/datasets/todos/changes?since=%00%FF")]
    public async Task Get_BadParameters_Are400(string path)
    {
        using var response = await GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Get_Changes_ComeGzippedToAnotherOrigin()
    {
        var value = RecordValue.FromRoot(Encoding.ASCII.GetBytes("\"" + new string('x', 5000) + "\""));
        _feed.Pages.Enqueue(new FeedPage
        {
            Entries = [new LogEntry { Rev = 1, Store = "s", Key = Fakes.Key("1"), Value = value, At = "t", By = "c", Clocks = FieldClocks.None }],
            Next = new Cursor(Fakes.Epoch, 1),
        });

        using var response = await GetAsync("api/v1/datasets/todos/changes", configure: request =>
        {
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
            request.Headers.Add("Origin", "http://localhost:5173");
        });

        Assert.Equal("gzip", Assert.Single(response.Content.Headers.ContentEncoding));
        Assert.Equal("Location, Retry-After, Preference-Applied, ETag", Assert.Single(response.Headers.GetValues("Access-Control-Expose-Headers")));
        var json = HttpFixture.Gunzip(await response.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Contains("xxxxx\",\"at\":\"t\"", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%22a%2Fb%22", "\"a/b\"")]
    [InlineData("%5B%22b%22,2%5D", "[\"b\",2]")]
    [InlineData("Sa1", "\"a1\"")]
    [InlineData("%22%F0%9F%98%80%22", "\"\\uD83D\\uDE00\"")]
    public async Task Get_Record_ReadsTheKeyInThePath(string key, string expected)
    {
        using var response = await GetAsync($"api/v1/datasets/todos/records/s/{key}");

        var json = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
        Assert.Equal(System.Text.Json.JsonDocument.Parse(expected).RootElement.ToString(), json.GetProperty("key").ToString());
        Assert.Equal("\"7\"", response.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task Get_RecordAgain_Is304UntilItChanges()
    {
        static void Known(HttpRequestMessage request) => request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"7\""));

        using var same = await GetAsync("api/v1/datasets/todos/records/s/7", configure: Known);
        _record = _record with { Rev = 8 };
        using var changed = await GetAsync("api/v1/datasets/todos/records/s/7", configure: Known);

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (same.StatusCode, changed.StatusCode));
    }

    [Fact]
    public async Task Get_StorageAway_Is503()
    {
        _feed.OnRead = () => throw new StorageUnavailableException("secret");

        using var response = await GetAsync("api/v1/datasets/todos/changes");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Get_Defect_Is500WithAPageForItsType()
    {
        _feed.OnRead = () => throw new InvalidOperationException("secret");

        using var response = await GetAsync("api/v1/datasets/todos/changes");

        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        var type = System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("type").GetString()!;
        Assert.StartsWith("### `internal-error`", await _http.GetStringAsync(new Uri(type, UriKind.Relative), Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api/v1/health/live")]
    [InlineData("api/v1/health/ready")]
    public async Task Get_Health_NeedsNoToken(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Get_LongPoll_EndsWhenTheHostStops()
    {
        var waiting = new TaskCompletionSource();
        _feed.Pages.Enqueue(new FeedPage { Next = new Cursor(Fakes.Epoch, 1) });
        _feed.Pages.Enqueue(new FeedPage { Next = new Cursor(Fakes.Epoch, 1) });
        _feed.OnWait = token =>
        {
            waiting.SetResult();
            return Task.Delay(Timeout.Infinite, token);
        };

        var answer = GetAsync("api/v1/datasets/todos/changes?wait=30");
        await waiting.Task;
        _host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        using var response = await answer;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Start_NothingToCheckTokensWith_IsRefused()
    {
        var builder = Builder();
        builder.AddHttpApi();
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancel));

        Assert.Contains("Auth:Authority", error.Message, StringComparison.Ordinal);
    }

    private FunctionsApplicationBuilder Builder()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.ConfigureFunctionsWebApplication();
        builder.Logging.ClearProviders();
        builder.ConfigureLocalRuntime(options =>
        {
            options.Port = 0;
            options.StateFile = _stateFile;
            foreach (var type in (Type[])[typeof(ChangesFunction), typeof(RecordFunction), typeof(HealthFunctions), typeof(ProblemPageFunction)])
                options.FunctionTypes.Add(type);
        });
        return builder;
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? token = null, Action<HttpRequestMessage>? configure = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? _tokens.Token());
        configure?.Invoke(request);
        return await _http.SendAsync(request, Cancel);
    }

    private sealed class LatestRecord(HttpApiTests tests) : IRecordReader
    {
        public Task<RecordView?> ReadAsync(string dataset, RecordId id, CancellationToken cancellationToken) =>
            Task.FromResult<RecordView?>(new RecordView { Record = tests._record });
    }
}
