using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MyriadSync.DevStack;
using MyriadSync.DevStack.Tokens;

namespace MyriadSync.IntegrationTests.Http;

/// <summary>The cluster's size through the API, on the emulator's scheduler: a medium node manager, and a gateway bounded to two instances, which both run.</summary>
public sealed class ClusterTests(SharedAzurite azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cluster_NodeManagersUpAndDown_TasksComeAndGo()
    {
        await using var stack = await azurite.StartStackAsync();
        using var http = Operator(stack);

        var up = await PutAsync(http, "profiles/small", 2);
        await UntilAsync(http, "profiles", "small", profile => (int)profile["active"]! == 2);
        var again = await PutAsync(http, "profiles/small", 2);
        var down = await PutAsync(http, "profiles/small", 0);
        await UntilAsync(http, "profiles", "small", profile => (int)profile["active"]! + (int)profile["killable"]! == 0);

        Assert.Equal((200, "requested", 0), (up.Code, (string?)up.Body["outcome"], (int)up.Body["before"]!));
        Assert.Equal((200, "unchanged", 2), (again.Code, (string?)again.Body["outcome"], (int)again.Body["before"]!));
        Assert.Equal((200, "requested", 2), (down.Code, (string?)down.Body["outcome"], (int)down.Body["before"]!));
        Assert.Equal(0, (int)down.Body["tasks"]!["active"]!);
    }

    [Fact]
    public async Task Cluster_BoundedService_IsAtItsLimitUntilFlexedDown()
    {
        await using var stack = await azurite.StartStackAsync();
        using var http = Operator(stack);

        var full = await PutAsync(http, "services/hbaserest", 3);
        var down = await PutAsync(http, "services/hbaserest", 1);
        var up = await PutAsync(http, "services/hbaserest", 2);

        Assert.Equal((200, "at-limit", 2, 2), (full.Code, (string?)full.Body["outcome"], (int)full.Body["limit"]!, (int)full.Body["before"]!));
        Assert.StartsWith("Current number of", (string?)full.Body["detail"], StringComparison.Ordinal);
        Assert.Equal("requested", (string?)down.Body["outcome"]);
        Assert.Equal(("requested", 1), ((string?)up.Body["outcome"], (int)up.Body["before"]!));
    }

    [Fact]
    public async Task Cluster_SchedulerGone_SaysSoAndFlexesNothing()
    {
        await using var stack = await azurite.StartStackAsync();
        using var http = Operator(stack);
        var before = await GetAsync(http);
        stack.Emulator!.Faults.Current = new() { SchedulerUnreachable = true };

        var view = await GetAsync(http);
        var flexed = await PutAsync(http, "profiles/small", 1);
        stack.Emulator.Faults.Reset();
        var after = await GetAsync(http);

        Assert.Equal(("answering", "MyriadAlpha"), ((string?)before["status"], (string?)before["framework"]));
        Assert.Equal("unavailable", (string?)view["status"]);
        Assert.False((bool)view["schedulers"]![0]!["answers"]!);
        Assert.Equal((503, "scheduler-unavailable"), (flexed.Code, Code(flexed.Body)));
        Assert.Equal(0, (int)Part(after, "profiles", "small")["pending"]!);
    }

    [Fact]
    public async Task Cluster_LostReply_IsSentOnce()
    {
        await using var stack = await azurite.StartStackAsync();
        using var http = Operator(stack);
        stack.Emulator!.Faults.Current = new() { Rules = [new() { Action = MyriadEmulator.Faults.FaultAction.DropReply, Path = "flexup", Times = 1 }] };

        var answer = await PutAsync(http, "profiles/small", 2);

        Assert.Equal((200, "requested"), (answer.Code, (string?)answer.Body["outcome"]));
        var small = Part(await GetAsync(http), "profiles", "small");
        Assert.Equal(2, (int)small["pending"]! + (int)small["staging"]! + (int)small["active"]!);
    }

    [Theory]
    [InlineData("services/nosuch", """{"instances":1}""", 404, "not-found")]
    [InlineData("profiles/nosuch", """{"instances":1}""", 404, "not-found")]
    [InlineData("profiles/small", """{"instances":-1}""", 400, "invalid-request")]
    [InlineData("profiles/small", """{"instances":1.5}""", 400, "invalid-request")]
    [InlineData("profiles/small", """{"instances":"1"}""", 400, "invalid-request")]
    [InlineData("profiles/small", """{"instances":1001}""", 400, "invalid-request")]
    [InlineData("profiles/small", """{"instances":1,"constraints":[]}""", 400, "invalid-request")]
    [InlineData("profiles/small", "[]", 400, "invalid-request")]
    [InlineData("profiles/small", "{", 400, "invalid-request")]
    public async Task Cluster_WishThatCannotBe_IsAProblem(string path, string body, int status, string code)
    {
        await using var stack = await azurite.StartStackAsync();
        using var http = Operator(stack);

        using var response = await http.PutAsync(new Uri(path, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), Cancel);

        (await ProblemAnswer.ReadAsync(response)).Is(status, code);
    }

    [Fact]
    public async Task Cluster_NotAnOperator_IsForbidden()
    {
        await using var stack = await azurite.StartStackAsync();
        using var http = Client(stack, "read", "write");

        using var read = await http.GetAsync(new Uri("", UriKind.Relative), Cancel);
        using var set = await http.PutAsync(new Uri("profiles/small", UriKind.Relative), new StringContent("""{"instances":1}""", Encoding.UTF8, "application/json"), Cancel);

        (await ProblemAnswer.ReadAsync(read)).Is(403, "forbidden");
        (await ProblemAnswer.ReadAsync(set)).Is(403, "forbidden");
    }

    private static HttpClient Operator(LocalStack stack) => Client(stack, "operate");

    private static HttpClient Client(LocalStack stack, params string[] roles)
    {
        var http = new HttpClient { BaseAddress = new Uri(stack.BaseAddress, "api/v1/cluster/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", stack.Tokens.Create(new DevTokenRequest { Sub = "ops", Roles = roles }));
        return http;
    }

    private static async Task<(int Code, JsonNode Body)> PutAsync(HttpClient http, string path, int instances)
    {
        using var response = await http.PutAsync(new Uri(path, UriKind.Relative), new StringContent($$"""{"instances":{{instances}}}""", Encoding.UTF8, "application/json"), Cancel);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!);
    }

    private static async Task<JsonNode> GetAsync(HttpClient http) => JsonNode.Parse(await http.GetStringAsync(new Uri("", UriKind.Relative), Cancel))!;

    private static string Code(JsonNode problem) => ((string)problem["type"]!).Split('/')[^1];

    private static JsonNode Part(JsonNode view, string kind, string name) => view[kind]!.AsArray().Single(part => (string?)part!["name"] == name)!;

    private static Task UntilAsync(HttpClient http, string kind, string name, Func<JsonNode, bool> holds) =>
        Eventually.TrueAsync($"{kind} {name}", async () => holds(Part(await GetAsync(http), kind, name)), TimeSpan.FromSeconds(60));
}
