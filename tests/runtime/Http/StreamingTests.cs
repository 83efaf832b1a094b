using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.FunctionsRuntime.Tests.Support;

namespace MyriadSync.FunctionsRuntime.Tests.Http;

public sealed class StreamingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Response_IsSentAsItIsWritten()
    {
        await using var app = await StartAsync();
        var lines = app.Services.GetRequiredService<Signals>().Lines.Writer;

        using var response = await app.Http.GetAsync("/api/stream", HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        await lines.WriteAsync("one", Token);
        var first = await reader.ReadLineAsync(Token);
        await lines.WriteAsync("two", Token);
        var second = await reader.ReadLineAsync(Token);
        lines.Complete();

        Assert.Equal(("one", "two"), (first, second));
        Assert.Null(await reader.ReadLineAsync(Token));
    }

    [Fact]
    public async Task Request_BodyIsNotBoundedHereAndStreamsIn()
    {
        const int Megabytes = 40;
        await using var app = await StartAsync();

        using var content = new StreamContent(new MemoryStream(new byte[Megabytes << 20]));
        var response = await app.Http.PostAsync("/api/length", content, Token);

        Assert.Equal($"{Megabytes << 20}", await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Client_ThatGoesAway_CancelsTheInvocation()
    {
        await using var app = await StartAsync();
        var signals = app.Services.GetRequiredService<Signals>();

        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var request = app.Http.GetAsync("/api/wait", leave.Token);
        await signals.Waiting.WaitAsync(Token);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);

        await signals.Cancelled.WaitAsync(Token);
        Assert.DoesNotContain(app.Logs.Lines, l => l.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Exception_AfterTheFirstBytes_CutsTheConnection()
    {
        await using var app = await StartAsync();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => app.Http.GetStringAsync("/api/breaks", Token));
    }

    [Fact]
    public async Task SynchronousWrite_IsA500_AsOnTheGenuineHost()
    {
        await using var app = await StartAsync();

        var response = await app.Http.GetAsync("/api/synchronous", Token);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    private Task<TestApp> StartAsync() => TestApp.StartAsync(
        new() { StateFile = _folder.StateFile, Configure = b => b.Services.AddSingleton<Signals>() },
        typeof(Functions));

    private sealed class Signals
    {
        public Channel<string> Lines { get; } = Channel.CreateUnbounded<string>();

        public SemaphoreSlim Waiting { get; } = new(0);

        public SemaphoreSlim Cancelled { get; } = new(0);
    }

    private sealed class Functions(Signals signals)
    {
        [Function("stream")]
        public async Task Stream([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest req, CancellationToken cancellationToken)
        {
            var response = req.HttpContext.Response;
            await response.Body.FlushAsync(cancellationToken);
            await foreach (var line in signals.Lines.Reader.ReadAllAsync(cancellationToken))
            {
                await response.WriteAsync($"{line}\n", cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
            }
        }

        [Function("length")]
        public static async Task<IResult> Length([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest req, CancellationToken cancellationToken)
        {
            var buffer = new byte[1 << 16];
            long length = 0;
            for (int read; (read = await req.Body.ReadAsync(buffer, cancellationToken)) > 0; length += read)
                cancellationToken.ThrowIfCancellationRequested();
            return Results.Text($"{length}");
        }

        [Function("wait")]
        public async Task<IResult> Wait([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest req, CancellationToken cancellationToken)
        {
            signals.Waiting.Release();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                signals.Cancelled.Release();
            }

            return Results.Ok();
        }

        [Function("breaks")]
        public static async Task Breaks([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest req)
        {
            await req.HttpContext.Response.WriteAsync("half");
            await req.HttpContext.Response.Body.FlushAsync();
            throw new InvalidOperationException("the other half is missing");
        }

        [Function("synchronous")]
        public static void Synchronous([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest req) => req.HttpContext.Response.Body.Write("x"u8);
    }
}
