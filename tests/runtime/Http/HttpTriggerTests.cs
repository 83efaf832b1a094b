using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using MyriadSync.FunctionsRuntime.Tests.Support;

namespace MyriadSync.FunctionsRuntime.Tests.Http;

public sealed class HttpTriggerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Route_WithValues_BindsThemToParameters()
    {
        await using var app = await StartAsync();

        var text = await app.Http.GetStringAsync("/api/v1/datasets/todos/items/42", Token);

        Assert.Equal("todos 42", text);
    }

    [Fact]
    public async Task Result_IResultAndIActionResult_BothAnswer()
    {
        await using var app = await StartAsync();

        var result = await app.Http.GetFromJsonAsync<Answer>("/api/result", Token);
        var action = await app.Http.GetFromJsonAsync<Answer>("/api/action", Token);

        Assert.Equal("result", result?.Text);
        Assert.Equal("action", action?.Text);
    }

    [Theory]
    [InlineData("GET", "/api/nothing-here")]
    [InlineData("DELETE", "/api/result")]
    [InlineData("GET", "/result")]
    public async Task Request_UnknownRouteOrMethod_IsNotFound(string method, string path)
    {
        await using var app = await StartAsync();

        var response = await app.Http.SendAsync(new(new(method), path), Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.False(response.Content.Headers.Contains("Allow"));
    }

    [Fact]
    public async Task Function_Throws_Answers500WithEmptyBodyAndLogs()
    {
        await using var app = await StartAsync();

        var response = await app.Http.GetAsync("/api/throws", Token);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Token));
        Assert.Contains(app.Logs.Lines, l => l.Contains("Function 'throws' failed", StringComparison.Ordinal) && l.Contains("no good", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api/keyed", null, HttpStatusCode.Unauthorized)]
    [InlineData("/api/keyed", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("/api/keyed", "fkey", HttpStatusCode.OK)]
    [InlineData("/api/keyed", "akey", HttpStatusCode.OK)]
    [InlineData("/api/keyed?code=fkey", null, HttpStatusCode.OK)]
    [InlineData("/api/admin-only", "fkey", HttpStatusCode.Unauthorized)]
    [InlineData("/api/admin-only", "akey", HttpStatusCode.OK)]
    public async Task Key_OfALevel_OpensTheFunction(string path, string? header, HttpStatusCode expected)
    {
        await using var app = await StartAsync("--FunctionsRuntime:Keys:Function", "fkey", "--FunctionsRuntime:Keys:Admin", "akey");

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (header is not null)
            request.Headers.Add("x-functions-key", header);
        var response = await app.Http.SendAsync(request, Token);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Key_NoneConfigured_LetsNobodyIn()
    {
        await using var app = await StartAsync();

        var response = await app.Http.GetAsync("/api/keyed?code=", Token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task DurableClient_OfAFunction_IsBound()
    {
        await using var app = await StartAsync();

        var text = await app.Http.GetStringAsync("/api/durable", Token);

        Assert.Equal("nothing", text);
    }

    private Task<TestApp> StartAsync(params string[] arguments) =>
        TestApp.StartAsync(new() { StateFile = _folder.StateFile, Arguments = arguments }, typeof(Functions));

    private sealed record Answer(string Text);

    private sealed class Functions
    {
        [Function("items")]
        public static async Task Items(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/datasets/{dataset}/items/{number:int}")] HttpRequest req,
            string dataset,
            int number) => await req.HttpContext.Response.WriteAsync($"{dataset} {number}", req.HttpContext.RequestAborted);

        [Function("result")]
        public static IResult Result([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post")] HttpRequest req) => Results.Json(new Answer("result"));

        [Function("action")]
        public Task<IActionResult> Action([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest req) =>
            Task.FromResult<IActionResult>(new OkObjectResult(new Answer("action")));

        [Function("throws")]
        public static async Task<IResult> Throws([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest req)
        {
            await Task.Yield();
            throw new InvalidOperationException("no good");
        }

        [Function("keyed")]
        public static IResult Keyed([HttpTrigger(AuthorizationLevel.Function)] HttpRequest req) => Results.Ok();

        [Function("admin-only")]
        public static IResult AdminOnly([HttpTrigger(AuthorizationLevel.Admin)] HttpRequest req) => Results.Ok();

        [Function("durable")]
        public static async Task<IResult> Durable(
            [HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest req,
            [DurableClient] DurableTaskClient client,
            CancellationToken cancellationToken) =>
            Results.Text(await client.GetInstanceAsync("none", cancellationToken) is null ? "nothing" : "something");
    }
}
