using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MyriadSync.FunctionsRuntime.Tests.Support;

namespace MyriadSync.FunctionsRuntime.Tests.Http;

public sealed class MiddlewareTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Middleware_FirstAdded_IsOutermostAndSeesTheRequest()
    {
        await using var app = await StartAsync();

        using var response = await app.Http.GetAsync("/api/hello/you", Token);

        Assert.Equal("hello you from outer", await response.Content.ReadAsStringAsync(Token));
        Assert.Equal("hello", response.Headers.GetValues("x-function").Single());
        Assert.Equal(["outer in", "inner in", "inner out", "outer out"], app.Services.GetRequiredService<Trail>().Steps);
    }

    [Fact]
    public async Task Middleware_CanAnswerInstead()
    {
        await using var app = await StartAsync();

        var response = await app.Http.GetAsync("/api/hello/stranger", Token);

        Assert.Equal(StatusCodes.Status403Forbidden, (int)response.StatusCode);
    }

    [Fact]
    public async Task Middleware_RunsRoundOrchestratorsAndActivities()
    {
        await using var app = await StartAsync();

        var id = await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Orchestrate), Token);
        var ended = await app.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Token);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(3, app.Services.GetRequiredService<Trail>().Steps.Count(s => s == "outer in"));
    }

    [Fact]
    public async Task Scope_IsOneForMiddlewareAndFunctionOfAnInvocation()
    {
        await using var app = await StartAsync();

        var first = await app.Http.GetStringAsync("/api/scope", Token);
        var second = await app.Http.GetStringAsync("/api/scope", Token);

        Assert.NotEqual(first, second);
        Assert.StartsWith("same ", first, StringComparison.Ordinal);
        Assert.StartsWith("same ", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_CanAddMiddlewareAndEndpointsBesideTheFunctions()
    {
        await using var app = await StartAsync();

        using var page = await app.Http.GetAsync("/tools/page", Token);
        using var function = await app.Http.GetAsync("/api/hello/you", Token);

        Assert.Equal("page", await page.Content.ReadAsStringAsync(Token));
        Assert.Equal("yes", page.Headers.GetValues("x-tools").Single());
        Assert.Equal("yes", function.Headers.GetValues("x-tools").Single());
    }

    private Task<TestApp> StartAsync() => TestApp.StartAsync(
        new()
        {
            StateFile = _folder.StateFile,
            Configure = builder =>
            {
                builder.Services.AddSingleton<Trail>();
                builder.Services.AddScoped<Scoped>();
                builder.UseMiddleware<Outer>().UseMiddleware<Inner>();
                builder.ConfigureLocalRuntime(o =>
                {
                    o.ConfigureApp(web => web.Use(async (context, next) =>
                    {
                        context.Response.Headers["x-tools"] = "yes";
                        await next(context);
                    }));
                    o.MapEndpoints(routes => routes.MapGet("/tools/page", () => "page"));
                });
            },
        },
        typeof(Functions));

    private sealed class Trail
    {
        public ConcurrentQueue<string> Steps { get; } = new();
    }

    private sealed class Scoped
    {
        public Guid Id { get; } = Guid.NewGuid();
    }

    private sealed class Outer(Trail trail) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            trail.Steps.Enqueue("outer in");
            context.Items["from"] = "outer";
            context.Features.Set(new Version(1, 2));
            if (context.GetHttpContext() is { } http)
                http.Response.Headers["x-function"] = context.FunctionDefinition.Name;
            await next(context);
            trail.Steps.Enqueue("outer out");
        }
    }

    private sealed class Inner(Trail trail) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            trail.Steps.Enqueue("inner in");
            context.Items["scoped"] = context.InstanceServices.GetRequiredService<Scoped>().Id;
            if (context.BindingContext.BindingData.TryGetValue("name", out var name) && name is "stranger")
                context.GetHttpContext()!.Response.StatusCode = StatusCodes.Status403Forbidden;
            else
                await next(context);
            trail.Steps.Enqueue("inner out");
        }
    }

    private sealed class Functions(Scoped scoped)
    {
        [Function("hello")]
        public static IResult Hello([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "hello/{name}")] HttpRequest req, string name, FunctionContext context) =>
            Results.Text($"hello {name} from {(context.Features.Get<Version>() is null ? "nobody" : context.Items["from"])}");

        [Function("scope")]
        public IResult Scope([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest req, FunctionContext context) =>
            Results.Text($"{((Guid)context.Items["scoped"] == scoped.Id ? "same" : "other")} {scoped.Id}");

        [Function(nameof(Orchestrate))]
        public static Task Orchestrate([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync(nameof(Act), "x");

        [Function(nameof(Act))]
        public static void Act([ActivityTrigger] string input) => ArgumentNullException.ThrowIfNull(input);
    }
}
