using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using MyriadSync.Contracts;
using MyriadSync.Security;
using MyriadSync.Triggers.Http;

namespace MyriadSync.UnitTests.Triggers.Http;

public class MiddlewareTests
{
    private static readonly Caller Ada = new() { Sub = "ada", Roles = Role.Read, Datasets = new DatasetAccess(["*"]) };

    private readonly DefaultHttpContext _http = HttpFixture.Context();
    private bool _reached;

    [Theory]
    [InlineData(typeof(StorageUnavailableException), 503, "storage-unavailable")]
    [InlineData(typeof(InvalidOperationException), 500, "internal-error")]
    [InlineData(typeof(OperationCanceledException), 500, "internal-error")]
    [InlineData(typeof(BadHttpRequestException), 400, "invalid-request")]
    public async Task Error_Unexpected_IsAProblemWithoutInternals(Type type, int status, string code)
    {
        var exception = (Exception)Activator.CreateInstance(type, type == typeof(StorageUnavailableException) ? ["secret table", null] : ["secret table"])!;

        await ErrorAsync(_ => throw exception);

        Assert.Equal(status, _http.Response.StatusCode);
        Assert.EndsWith("/" + code, HttpFixture.Json(_http).GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", HttpFixture.Text(_http), StringComparison.Ordinal);
        Assert.Equal(status == 503, _http.Response.Headers.RetryAfter.Count > 0);
    }

    [Fact]
    public async Task Error_ClientGone_IsNone()
    {
        _http.RequestAborted = new CancellationToken(canceled: true);

        await ErrorAsync(_ => throw new OperationCanceledException());

        Assert.Empty(HttpFixture.Body(_http));
    }

    [Fact]
    public async Task Error_OutsideHttp_IsLeftAlone()
    {
        var middleware = new ErrorMiddleware(NullLogger<ErrorMiddleware>.Instance);

        await Assert.ThrowsAsync<InvalidOperationException>(() => middleware.Invoke(new FakeFunctionContext("Timer", http: null), _ => throw new InvalidOperationException()));
    }

    [Theory]
    [InlineData("http://localhost:5173", "Location, Retry-After, Preference-Applied, ETag")]
    [InlineData(null, "")]
    public async Task Error_OtherOrigin_ExposesHeaders(string? origin, string exposed)
    {
        _http.Request.Headers.Origin = origin;

        await ErrorAsync(_ => Task.CompletedTask);

        Assert.Equal(exposed, _http.Response.Headers.AccessControlExposeHeaders.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Basic YTpi")]
    [InlineData("good")]
    public async Task Authenticate_NoBearer_Is401WithAChallenge(string? header)
    {
        _http.Request.Headers.Authorization = header;

        await AuthenticateAsync("ReadChanges");

        Assert.False(_reached);
        Assert.Equal((401, "Bearer"), (_http.Response.StatusCode, _http.Response.Headers.WWWAuthenticate.ToString()));
    }

    [Fact]
    public async Task Authenticate_TokenInTheQuery_IsNotRead()
    {
        _http.Request.QueryString = new QueryString("?access_token=good");

        await AuthenticateAsync("ReadChanges");

        Assert.Equal((401, false), (_http.Response.StatusCode, _reached));
    }

    [Theory]
    [InlineData("junk", 401, "The token does not hold.")]
    [InlineData("old", 401, "The token has expired.")]
    public async Task Authenticate_TokenThatDoesNotHold_Is401InvalidToken(string token, int status, string detail)
    {
        _http.Request.Headers.Authorization = $"Bearer {token}";

        await AuthenticateAsync("ReadChanges");

        Assert.Equal((status, false), (_http.Response.StatusCode, _reached));
        Assert.Equal($"Bearer error=\"invalid_token\", error_description=\"{detail}\"", _http.Response.Headers.WWWAuthenticate.ToString());
        Assert.DoesNotContain(token + "\"", HttpFixture.Text(_http), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authenticate_KeysUnavailable_Is503()
    {
        _http.Request.Headers.Authorization = "Bearer unknowable";

        await AuthenticateAsync("ReadChanges");

        Assert.Equal((503, false), (_http.Response.StatusCode, _reached));
    }

    [Theory]
    [InlineData("Bearer good")]
    [InlineData("bearer  good ")]
    public async Task Authenticate_SoundToken_KeepsTheCaller(string header)
    {
        _http.Request.Headers.Authorization = header;

        await AuthenticateAsync("ReadChanges");

        Assert.True(_reached);
        Assert.Equal(Ada, _http.Caller());
    }

    [Theory]
    [InlineData("HealthLive", true)]
    [InlineData("HealthReady", true)]
    [InlineData("ReadProblem", true)]
    [InlineData("SomethingNew", false)]
    public async Task Authenticate_NoToken_OnlyOpenFunctionsAreReached(string function, bool reached)
    {
        await AuthenticateAsync(function);

        Assert.Equal(reached, _reached);
    }

    private Task ErrorAsync(Microsoft.Azure.Functions.Worker.Middleware.FunctionExecutionDelegate next) =>
        new ErrorMiddleware(NullLogger<ErrorMiddleware>.Instance).Invoke(new FakeFunctionContext("F", _http), next);

    private Task AuthenticateAsync(string function) =>
        new AuthenticationMiddleware(new FakeValidator(), NullLogger<AuthenticationMiddleware>.Instance).Invoke(new FakeFunctionContext(function, _http), _ =>
        {
            _reached = true;
            return Task.CompletedTask;
        });

    private sealed class FakeValidator : ITokenValidator
    {
        public Task<TokenReading> ValidateAsync(string token, CancellationToken cancellationToken) => Task.FromResult(token switch
        {
            "good" => new TokenReading { Caller = Ada },
            "old" => new TokenReading { Fault = TokenFault.Expired },
            "unknowable" => new TokenReading { Fault = TokenFault.KeysUnavailable },
            _ => new TokenReading { Fault = TokenFault.Invalid },
        });
    }
}
