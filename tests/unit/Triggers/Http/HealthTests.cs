using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MyriadSync.Contracts;
using MyriadSync.Triggers.Http;

namespace MyriadSync.UnitTests.Triggers.Http;

public class HealthTests
{
    private readonly FakeTimeProvider _time = new(Fakes.Now);

    [Theory]
    [InlineData(true, true, "ready", 200)]
    [InlineData(true, false, "degraded", 200)]
    [InlineData(false, true, "unavailable", 503)]
    [InlineData(false, false, "unavailable", 503)]
    public async Task Ready_States_DecideTheStatus(bool storage, bool cluster, string status, int code)
    {
        using var board = Board(new FakeProbe("storage", true) { Up = storage }, new FakeProbe("cluster", false) { Up = cluster });

        var context = await ReadyAsync(board);

        var json = HttpFixture.Json(context);
        Assert.Equal((code, status), (context.Response.StatusCode, json.GetProperty("status").GetString()));
        Assert.Equal(["cluster", "storage"], json.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Ready_Since_IsWhenTheStateWasFirstSeen()
    {
        var probe = new FakeProbe("cluster", false);
        using var board = Board(probe);

        await ReadyAsync(board);
        _time.Advance(TimeSpan.FromSeconds(10));
        probe.Up = false;
        await ReadyAsync(board);
        _time.Advance(TimeSpan.FromSeconds(10));
        var context = await ReadyAsync(board);

        Assert.Equal(
            """{"status":"degraded","checks":[{"name":"cluster","state":"down","since":"2023-11-14T22:13:30.123Z","reason":"no-route"}],"serverTime":1700000020123}""",
            HttpFixture.Text(context));
    }

    [Fact]
    public async Task Ready_AskedAHundredTimes_AsksTheClusterOnceInTwoSeconds()
    {
        var probe = new FakeProbe("cluster", false);
        using var board = Board(probe);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => ReadyAsync(board)));
        _time.Advance(TimeSpan.FromSeconds(1.9));
        await ReadyAsync(board);
        var before = probe.Asked;
        _time.Advance(TimeSpan.FromSeconds(0.2));
        await ReadyAsync(board);

        Assert.Equal((1, 2), (before, probe.Asked));
    }

    [Fact]
    public async Task Ready_ProbeThrows_IsDownAndSaysNothingOfIt()
    {
        using var board = Board(new FakeProbe("storage", true) { Answer = _ => throw new InvalidOperationException("secret address") });

        var context = await ReadyAsync(board);

        Assert.Equal(503, context.Response.StatusCode);
        Assert.Contains("\"reason\":\"failed\"", HttpFixture.Text(context), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", HttpFixture.Text(context), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_ProbeHangs_IsDownAfterThreeSeconds()
    {
        var hung = new TaskCompletionSource<ProbeResult>();
        using var board = Board(new FakeProbe("cluster", false) { Answer = _ => hung.Task });

        var answer = ReadyAsync(board);
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Contains("\"reason\":\"no-answer\"", HttpFixture.Text(await answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_Always_Is200()
    {
        var context = await HttpFixture.ExecuteAsync(HealthFunctions.Live(new DefaultHttpContext().Request));

        Assert.Equal((200, """{"status":"live"}"""), (context.Response.StatusCode, HttpFixture.Text(context)));
    }

    private HealthBoard Board(params IHealthProbe[] probes) => new(probes, _time, NullLogger<HealthBoard>.Instance);

    private async Task<DefaultHttpContext> ReadyAsync(HealthBoard board) =>
        await HttpFixture.ExecuteAsync(await new HealthFunctions(board, _time).ReadyAsync(new DefaultHttpContext().Request));

    private sealed class FakeProbe(string name, bool essential) : IHealthProbe
    {
        public bool Up { get; set; } = true;

        public int Asked { get; private set; }

        public Func<CancellationToken, Task<ProbeResult>>? Answer { get; init; }

        public string Name => name;

        public bool Essential => essential;

        public Task<ProbeResult> CheckAsync(CancellationToken cancellationToken)
        {
            Asked++;
            return Answer?.Invoke(cancellationToken) ?? Task.FromResult(Up ? ProbeResult.Fine : new ProbeResult(false, "no-route"));
        }
    }
}
